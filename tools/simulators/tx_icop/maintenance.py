"""The weekly maintenance of tx-icop: Sunday 02:00 to 06:00, Central Time."""
import datetime

from ..instants import seconds_until

SUNDAY = 6
START_HOUR, END_HOUR = 2, 6


def seconds_left(zone, now):
    """Seconds until the running maintenance ends; 0 outside of it."""
    local = zone.local(now)
    if local.weekday() != SUNDAY or not START_HOUR <= local.hour < END_HOUR:
        return 0
    end = datetime.datetime.combine(local.date(), datetime.time(END_HOUR))
    return seconds_until(zone.utc(end), now)
