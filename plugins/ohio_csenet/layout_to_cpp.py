#!/usr/bin/python3
"""Turns layout.csv into rows for the table in layout.hpp: layout_to_cpp.py layout.csv OUTPUT."""
import csv
import sys

ROW = "{{BlockKind::{block}, \"{field}\", {first}, {last}, '{form}'}},\n"

with open(sys.argv[1], encoding="ascii", newline="") as table:
    rows = [ROW.format(**row) for row in csv.DictReader(table)]
with open(sys.argv[2], "w", encoding="ascii") as output:
    output.writelines(rows)
