"""The weekly maintenance of ca-connect: Sunday 00:00 to 06:00, local time."""
import datetime

TIME_ZONE = "America/Los_Angeles"
SUNDAY = 6
END = datetime.time(6)


def end_of_window(zone, now):
    """End of the running maintenance; None outside of it."""
    local = zone.local(now)
    if local.weekday() != SUNDAY or local.time() >= END:
        return None
    return zone.utc(datetime.datetime.combine(local.date(), END))
