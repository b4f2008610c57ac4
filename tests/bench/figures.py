"""Numbers of repeated measurements: the middle one is the figure, lowest and highest tell the noise."""
import json
import statistics


def spread(values):
    """min, median and max of what was measured."""
    low, middle, high = min(values), statistics.median(values), max(values)
    return {"min": rounded(low), "median": rounded(middle), "max": rounded(high)}


def ratio(ours, theirs):
    """Median against median; beside it the lowest and the highest ratio of two measurements of one round."""
    rounds = [a / b for a, b in zip(ours, theirs)]
    return {"min": rounded(min(rounds)),
            "median": rounded(statistics.median(ours) / statistics.median(theirs)),
            "max": rounded(max(rounds))}


def rounded(value):
    """Three digits that mean something, and no more."""
    return float(f"{value:.3g}") if abs(value) < 1000 else round(value)


class Report:
    """Figures by name, what they were made of, and remarks on how they were measured."""

    def __init__(self):
        self.figures, self.noise, self.measured, self.remarks = {}, {}, {}, []

    def add(self, name, numbers):
        """A figure with its noise."""
        self.figures[name] = numbers["median"]
        self.noise[name] = numbers

    def raw(self, name, numbers):
        """Something measured that is no figure by itself."""
        self.measured[name] = numbers

    def remark(self, text):
        self.remarks.append(text)

    def table(self):
        rows = [("figure", "median", "min", "max")]
        for source in (self.noise, self.measured):
            rows += [(name, *(f"{numbers[key]:g}" for key in ("median", "min", "max")))
                     for name, numbers in source.items()]
        wide = max(len(row[0]) for row in rows)
        lines = [f"{name:<{wide}} {median:>10} {low:>10} {high:>10}" for name, median, low, high in rows]
        return "\n".join(lines + self.remarks)

    def line(self):
        """One object: the figures themselves at the top, everything else below `noise` and `measured`."""
        return json.dumps({**self.figures, "noise": self.noise, "measured": self.measured,
                           "remarks": self.remarks})
