"""The life of an alert as a small model: what the database is held against.

An alert is a fold over the periods of a year as known now; what is kept is
what people were told. One State is one target. Periods: g good, w watch, b
bad, m missed, ? never came.
"""
from collections import namedtuple

NEED, ESCALATE, YEAR = 2, 3, 4

State = namedtuple("State", "vals due ver ann annp annv sil ack seq box owed")
START = State("", 0, 1, 0, -1, 0, 0, 0, 0, 0, 0)
# ann, annp, annv: what was told, of which period, of which version.
# ack: 0 none, 1 lasts, 2 has ended and nobody was reminded. box: one was told.
EVENTS = ("g", "w", "b", "m", "?", "rev0g", "rev0b", "rev0w", "rev1g",
          "rev1b", "retract", "due", "retarget_g", "retarget_b", "sil",
          "silexp", "ack", "ackexp", "nothing")


def fold(vals, due):
    """0 clear, 1 open, 2 escalated."""
    level = n = 0
    for i, val in enumerate(vals):
        if val == "g":
            level = n = 0
        elif val in "bm":
            n += 1
            if val == "m" or due and i == YEAR - 1:
                n = max(n, NEED)
            level = max(level, 0 if n < NEED else 1 if n < ESCALATE else 2)
        elif val == "w" and not level:
            n = 0
    return level


def newest(vals):
    """The newest period that has a value."""
    return max((i for i, val in enumerate(vals) if val != "?"), default=-1)


def revised(state, event):
    """A period gets another value, or None."""
    i = len(state.vals) - 1 - int(event[3])
    if i < 0 or state.vals[i] == event[4]:
        return None
    return state._replace(
        vals=state.vals[:i] + event[4] + state.vals[i + 1:], owed=1)


def of_values(state, event):
    """Events that change what is known."""
    if event in "gwbm?":
        return (state._replace(vals=state.vals + event, owed=1)
                if len(state.vals) < YEAR else None)
    if event.startswith("rev"):
        return revised(state, event)
    if event == "retract":
        return (state._replace(vals=state.vals[:-1], owed=1)
                if state.vals and state.vals[-1] != "?" else None)
    if not state.vals or state.ver == 3 or state.vals[-1] in "?" + event[-1]:
        return None
    return state._replace(vals=state.vals[:-1] + event[-1],
                          ver=state.ver + 1, owed=1)


def step(state, event):
    """The state after an event, None when it cannot happen."""
    if event in "gwbm?" or event[:3] in ("rev", "ret"):
        return of_values(state, event)
    allowed = {"due": not state.due, "sil": not state.sil,
               "silexp": state.sil, "ack": state.ann and state.ack == 0,
               "ackexp": state.ack == 1, "nothing": True}[event]
    if not allowed:
        return None
    return state._replace(**{
        "due": {"due": 1, "owed": 1}, "sil": {"sil": 1},
        "silexp": {"sil": 0, "owed": 1}, "ack": {"ack": 1},
        "ackexp": {"ack": 2, "owed": 1}, "nothing": {}}[event])


def kind(state, want):
    """What is said when told and level differ."""
    then = fold(state.vals[:state.annp + 1], state.due)
    same = state.ver == state.annv
    if want == 0:
        return ("target_changed" if not same
                else "correction" if then == 0 else "closed")
    if state.ann == 0:
        return ("reopened" if state.box and state.annp >= 0 and then > 0
                and same else "opened")
    return "escalated"


def evaluate(state):
    """One evaluation: the state after it, and what was said or None."""
    state = state._replace(owed=0)
    want, said, tells = fold(state.vals, state.due), None, state.ann
    if not state.sil:
        if (want == 0) != (state.ann == 0) or (
                want > state.ann and state.ack != 1):
            said, tells = kind(state, want), want
        elif state.ann and state.ack == 2:
            said = "reminder"
    if said:
        state = state._replace(ann=tells, annp=newest(state.vals),
                               annv=state.ver, seq=state.seq + 1, box=1)
    ended = state.ack == 2 and not state.sil
    return (state._replace(ack=0) if ended or not state.ann else state), said
