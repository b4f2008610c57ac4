"""Fields of an application/x-www-form-urlencoded body."""
import urllib.parse

FORM_BYTES_MAX = 1024 * 1024


def read_form(request):
    """First value of each field; empty for a body that is too long or has too many fields."""
    if request.body_bytes > FORM_BYTES_MAX:
        return {}
    fields = {}
    try:
        text = request.body.decode("utf-8", "replace")
        pairs = urllib.parse.parse_qsl(text, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return {}
    for name, value in pairs:
        fields.setdefault(name, value)
    return fields
