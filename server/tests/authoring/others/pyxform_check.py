"""Converts XLSForms with pyxform; any error or warning is a failure."""

import sys

from pyxform.xls2xform import convert

failed = False
for path in sys.argv[1:]:
    result = convert(path, validate=False)
    print(path, len(result.xform), "characters of XForm,", len(result.warnings), "warnings")
    for warning in result.warnings:
        print(" ", warning)
    failed = failed or bool(result.warnings)
sys.exit(failed)
