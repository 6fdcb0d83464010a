#!/usr/bin/env python3
"""Counts answers in data/yrbs_2019.csv and shares no code with the product.

python3 reference/yrbs_counts.py > reference/yrbs_counts.csv, in the directory above this one.

One line for each answer that occurs: level (nation or school; a school is a psu), group, item,
code (empty: missing), n. Python's standard library only.
"""

import collections
import csv
import pathlib
import sys

ITEMS = ["q1", "q2", "q3", "q15", "q16", "q17", "q18", "q23", "q24"]

data = pathlib.Path(__file__).parent.parent / "data" / "yrbs_2019.csv"
counts = collections.Counter()
with open(data, newline="", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        for item in ITEMS:
            counts["nation", "nation", item, row[item]] += 1
            counts["school", row["psu"], item, row[item]] += 1

writer = csv.writer(sys.stdout, lineterminator="\n")
writer.writerow(["level", "group", "item", "code", "n"])
for key in sorted(counts):
    writer.writerow([*key, counts[key]])
