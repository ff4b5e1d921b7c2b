"""The seed of what is drawn at random in a test.

SEED= repeats a run; `make check` sets it, so that a change is judged by what
it changes and not by the day's dice. Without it each run draws a new one,
as `make check-long` does. Whoever uses it prints it.
"""
import os
import random


def seed(args, place):
    """The argument at a place, else SEED, else a new one."""
    if len(args) > place:
        return int(args[place])
    told = os.environ.get("SEED")
    return int(told) if told else random.SystemRandom().randrange(10 ** 9)
