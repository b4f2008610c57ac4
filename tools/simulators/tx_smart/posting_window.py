"""The nightly posting of tx-smart: 00:00 to 01:00, local time; and instants as this system writes them."""
import datetime

from ..instants import seconds_until

TIME_ZONE = "America/Chicago"
END = datetime.time(1)


def seconds_left(zone, now):
    """Seconds until the running window ends; 0 outside of it."""
    local = zone.local(now)
    if local.time() >= END:
        return 0
    return seconds_until(zone.utc(datetime.datetime.combine(local.date(), END)), now)


def with_offset(zone, moment):
    """An xs:dateTime of local time with its offset from UTC."""
    local = zone.local(moment)
    minutes = round((local - moment.replace(tzinfo=None)).total_seconds() / 60)
    sign, minutes = ("-" if minutes < 0 else "+"), abs(minutes)
    return f"{local:%Y-%m-%dT%H:%M:%S}{sign}{minutes // 60:02d}:{minutes % 60:02d}"
