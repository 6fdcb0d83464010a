"""Times one design-based proportion by region and sex in Polars: one number, in milliseconds.

usage: polars_estimate.py FILE.parquet

The file is in memory before the clock starts. The rows are grouped once, by region, sex and school
(a school tells its stratum); all that follows is over these few sums: the proportion of each group,
the totals of the schools' influence values, and what they differ by within a stratum, of which the
schools without a row of the group count as zero. Beside FILE.csv lies what is compared with it:
region,q2,estimate,se. The best of three goes: the first one warms up.
"""

import sys
import time

import polars as pl

GROUP = ["region", "q2"]


def estimate(frame: pl.DataFrame) -> pl.DataFrame:
    drawn = (
        frame.lazy()
        .group_by("school")
        .agg(pl.col("stratum").first())
        .group_by("stratum")
        .agg(pl.len().alias("drawn"))
    )
    sums = (
        frame.lazy()
        .filter(pl.col("q23").is_not_null() & pl.col("q2").is_not_null())
        .group_by("school", *GROUP)
        .agg(
            pl.col("stratum").first(),
            pl.col("weight").sum().alias("w"),
            pl.col("weight").filter(pl.col("q23") == 1).sum().alias("y"),
        )
    )
    whole = sums.group_by(GROUP).agg(pl.col("w").sum().alias("W"), pl.col("y").sum().alias("Y"))
    total = (pl.col("y") - pl.col("Y") / pl.col("W") * pl.col("w")) / pl.col("W")
    strata = (
        sums.join(whole, on=GROUP)
        .with_columns(total.alias("t"))
        .group_by("stratum", *GROUP)
        .agg(
            pl.col("t").sum().alias("sum"),
            (pl.col("t") * pl.col("t")).sum().alias("square"),
        )
        .join(drawn, on="stratum")
    )
    m = pl.col("drawn")
    variance = m / (m - 1) * (pl.col("square") - pl.col("sum") * pl.col("sum") / m)
    errors = strata.group_by(GROUP).agg(variance.sum().sqrt().alias("se"))
    shares = whole.select(*GROUP, (pl.col("Y") / pl.col("W")).alias("estimate"))
    return shares.join(errors, on=GROUP).collect()


def main() -> None:
    frame = pl.read_parquet(sys.argv[1]).rechunk()
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        found = estimate(frame)
        taken.append(time.perf_counter() - start)
    other = pl.read_csv(sys.argv[1].removesuffix("parquet") + "csv")
    other = other.with_columns(pl.col("region").cast(pl.UInt32), pl.col("q2").cast(pl.Int8))
    both = found.join(other, on=GROUP, suffix="_other")
    assert both.height == found.height == other.height, (both.height, found.height, other.height)
    for name in ["estimate", "se"]:
        furthest = (both[name] - both[name + "_other"]).abs().max()
        assert furthest < 1e-9, (name, furthest)
    print(round(min(taken) * 1000))


main()
