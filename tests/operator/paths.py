"""Where the operator's tests find the project, the build and the modules of the end-to-end tests."""
import os
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = pathlib.Path(os.environ.get("CASEBRIDGE_BUILD_DIR", ROOT / "build" / "dev"))
sys.path.insert(0, str(ROOT / "tests" / "end_to_end"))


def text_of(name):
    return (ROOT / name).read_text(encoding="utf-8")


def table(document, marker):
    """The rows of the Markdown table below the comment `marker`, as lists of cells, without its head."""
    found = re.search(rf"<!-- {marker} -->\n((?:\|.*\n)+)", text_of(document))
    lines = found.group(1).splitlines()[2:]
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def commands(document, marker):
    """The shell lines that stand below the comment `marker`."""
    return re.search(rf"<!-- {marker} -->\n```sh\n(.*?)```", text_of(document), re.S).group(1)
