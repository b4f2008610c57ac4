"""The nightly batch of the mainframe: 23:30 to 00:30, New York time."""
import datetime

from ..instants import seconds_after, seconds_until

TIME_ZONE = "America/New_York"
START, END = datetime.time(23, 30), datetime.time(0, 30)


def seconds_left(zone, now):
    """Seconds until the running batch ends; 0 outside of it."""
    local = zone.local(now)
    if END <= local.time() < START:
        return 0
    day = local.date() + datetime.timedelta(days=1 if local.time() >= START else 0)
    return seconds_until(zone.utc(datetime.datetime.combine(day, END)), now)


def end_text(zone, now, seconds):
    """Hours and minutes at which a batch of that length from now ends, never too early."""
    end = zone.local(seconds_after(now, seconds + 59))
    return end.strftime("%H%M")
