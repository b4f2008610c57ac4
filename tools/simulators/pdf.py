"""Makes a small valid PDF whose octets depend on nothing but seed, document and title."""

SIZE_BYTES = 548


def _escape(text):
    plain = text.encode("ascii", "replace").decode("ascii")
    return plain.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _assemble(objects, padding):
    out = b"%PDF-1.4\n%" + b" " * padding + b"\n"
    offsets = []
    for index, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (index, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return out


def make_pdf(seed, document_id, title):
    """One page with the title; all are of one size as far as the text allows."""
    words = f"({_escape(title)[:34]} / {_escape(document_id)[:20]} / {seed})"
    stream = f"BT /F 9 Tf 36 700 Td {words} Tj ET".encode("ascii")
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F<</Type/Font"
        b"/Subtype/Type1/BaseFont/Courier>>>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(stream), stream),
    ]
    bare = _assemble(objects, 0)
    padding = SIZE_BYTES - len(bare)
    while padding > 0 and len(_assemble(objects, padding)) > SIZE_BYTES:
        padding -= 1  # a longer file may need more digits for the place of its table
    return _assemble(objects, max(0, padding))
