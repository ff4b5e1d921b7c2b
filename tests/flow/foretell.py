#!/usr/bin/python3
"""Simulated years, a small sample: forecasts and alerts within loose bounds.
`make bench-pace` has the figures themselves."""
import pathlib
import sys

TOP = pathlib.Path(__file__).resolve().parent.parent
sys.path += [str(TOP / "support"), str(TOP / "bench")]
import flow  # noqa: E402
import pace  # noqa: E402

# Kind: most false reds, fewest clear slips caught, Brier; a share of fifty
# years scatters by 0.06.
BOUNDS = {"at_least": (0.30, 0.55, 0.21), "at_most": (0.25, 0.50, 0.21),
          "last_year": (0.30, 0.60, 0.19), "level": (0.45, 0.60, 0.21)}


def sample(f):
    """One year of each fifth combination"""
    found = pace.run(1, 5, every=5)
    for kind, (red, caught, brier) in BOUNDS.items():
        years, *got = found[kind]
        text = f"{years} years: " + " ".join(f"{x:.3f}" for x in got)
        f.ok(f"{kind}: few false reds", got[0] <= red, text)
        f.ok(f"{kind}: clear slips are told by December", got[1] >= caught,
             text)
        f.ok(f"{kind}: the probability means something", got[2] <= brier,
             text)
        f.ok(f"{kind}: the interval holds about four of five",
             0.66 <= got[3] <= 0.99, text)


if __name__ == "__main__":
    flow.main(sample)
