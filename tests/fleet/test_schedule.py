"""Every target once, no place crowded, no account kept waiting behind another."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path
from threading import Thread

from hypothesis import given
from hypothesis import strategies as st

from tfgen.errors import Position
from tfgen.fleet import Target
from tfgen.fleet.schedule import Schedule, in_turns


def targets(accounts: list[int]) -> list[Target]:
    return [
        Target(str(number), (Path("x"),), Position("f", 1, 1), account=f"{account:012d}")
        for number, account in enumerate(accounts)
    ]


@given(st.lists(st.integers(0, 3), max_size=30), st.integers(1, 4), st.data())
def test_each_once_and_never_too_many_of_one_place(
    accounts: list[int], at_once: int, data: st.DataObject
) -> None:
    given_out = targets(accounts)
    schedule = Schedule(given_out, at_once)
    running: list[Target] = []
    seen: list[str] = []
    while len(seen) < len(given_out):
        left = Counter(target.place for target in given_out if target.name not in seen)
        busy = Counter(target.place for target in running)
        if any(busy[place] < at_once for place in left) and (not running or data.draw(st.booleans())):
            target = schedule.take()
            assert target is not None
            assert busy[target.place] < at_once
            assert busy[target.place] == min(busy[place] for place in left)
            running.append(target)
            seen.append(target.name)
        else:
            schedule.done(running.pop(data.draw(st.integers(0, len(running) - 1))))
    assert sorted(seen) == sorted(target.name for target in given_out)
    assert schedule.take() is None


@given(st.lists(st.integers(0, 3), max_size=20))
def test_in_turns_is_a_fair_order_of_all(accounts: list[int]) -> None:
    order = in_turns(targets(accounts))
    assert sorted(target.name for target in order) == sorted(target.name for target in targets(accounts))
    seen: Counter[str] = Counter()
    for target in order:
        waiting = Counter(one.owner for one in order) - seen
        assert seen[target.owner] == min(seen[owner] for owner in waiting)
        seen[target.owner] += 1


def test_stopping_frees_who_waits() -> None:
    schedule = Schedule(targets([1, 1]), at_once=1)
    assert schedule.take() is not None
    got: list[Target | None] = []
    waiting = Thread(target=lambda: got.append(schedule.take()), daemon=True)
    waiting.start()
    schedule.stop()
    waiting.join(5)
    assert got == [None]


def test_large_specs_are_not_in_memory_together(tmp_path: Path) -> None:
    sizes = {"small": 10, "large": 90, "huge": 300}
    for name, size in sizes.items():
        (tmp_path / name).write_bytes(b" " * size)
    order = [
        Target(name, (tmp_path / name,), Position("f", 1, 1), account=f"{number:012d}")
        for number, name in enumerate(("huge", "large", "small"))
    ]
    schedule = Schedule(order, at_once=4, room=105)
    taken: list[Target | None] = []

    def worker() -> None:
        while (target := schedule.take()) is not None:
            taken.append(target)

    thread = Thread(target=worker, daemon=True)
    thread.start()

    def names(count: int) -> list[str]:
        deadline = time.monotonic() + 5
        while len(taken) < count and time.monotonic() < deadline:
            time.sleep(0.005)
        time.sleep(0.02)
        return [target.name for target in taken if target is not None]

    assert names(1) == ["huge"], "one that never fits goes alone"
    schedule.done(order[0])
    assert names(3) == ["huge", "large", "small"]
    thread.join(5)
    assert not thread.is_alive()
