"""Times a roll-up of 20 prevalences at five levels in DuckDB: one number, in milliseconds.

usage: duckdb_rollup.py FILE.parquet

The file is a table in memory before the clock starts. The rows are grouped once, by class alone;
every level above is summed from the sums below it. The better of two goes: the first one warms up.
"""

import sys
import time

import duckdb

LEVELS = ["class", "school", "district", "region", "nation"]
ITEMS = [f"b{number:02}" for number in range(1, 21)]


def roll_up(connection: duckdb.DuckDBPyConnection) -> None:
    above = ", ".join(f'any_value("{name}") as "{name}"' for name in LEVELS[1:])
    first = ", ".join(
        f"count(*) filter ({item} >= 2) as {item}_hits, count({item}) as {item}_valid"
        for item in ITEMS
    )
    sums = ", ".join(
        f"sum({item}_{part})::bigint as {item}_{part}" for item in ITEMS for part in ["hits", "valid"]
    )
    shares = ", ".join(f"{item}_hits / {item}_valid as {item}" for item in ITEMS)
    query = f"select class, {above}, {first} from wave group by class"
    for depth in range(len(LEVELS)):
        connection.execute(f"create or replace temp table level{depth} as {query}")
        names = ", ".join(f'"{name}"' for name in LEVELS[depth:])
        connection.execute(
            f"create or replace temp table shares{depth} as select {names}, {shares} from level{depth}"
        )
        above_names = ", ".join(f'"{name}"' for name in LEVELS[depth + 1 :])
        query = f"select {above_names}, {sums} from level{depth} group by {above_names}"


def main() -> None:
    connection = duckdb.connect()
    columns = ", ".join(f'"{name}"' for name in LEVELS + ITEMS)
    connection.execute(f"create table wave as select {columns} from read_parquet(?)", [sys.argv[1]])
    taken = []
    for _ in range(2):
        start = time.perf_counter()
        roll_up(connection)
        taken.append(time.perf_counter() - start)
    assert connection.execute("select count(*) from shares4").fetchone() == (1,)
    print(round(min(taken) * 1000))


main()
