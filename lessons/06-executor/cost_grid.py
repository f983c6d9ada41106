"""Python's half of the cost grid: prints its version, and then a line per cell and round, `series <tab> depth <tab> nanoseconds`.

It is run by `examples/cost_grid.rs`, with the depths as its arguments.
"""

import asyncio
import platform
import sys
import time

ROUNDS = 101


def call(depth):
    return 1 if depth == 1 else 1 + call(depth - 1)


async def one():
    return 1


async def awaited_in_a_row(depth):
    total = 0
    for _ in range(depth):
        total += await one()
    return total


async def awaited_nested(depth):
    return 1 if depth == 1 else 1 + await awaited_nested(depth - 1)


async def tasks_in_a_row(depth):
    total = 0
    for _ in range(depth):
        total += await asyncio.create_task(one())
    return total


async def level(depth):
    return 1 if depth == 1 else 1 + await asyncio.create_task(level(depth - 1))


async def tasks_nested(depth):
    return await asyncio.create_task(level(depth))


# How often each is repeated in a round: about as long for one as for the other.
AWAITED = {awaited_in_a_row: 300, awaited_nested: 300, tasks_in_a_row: 20, tasks_nested: 20}


def cell(series, depth, start, repetitions):
    nanos = (time.perf_counter() - start) * 1e9 / repetitions
    print(series.replace("_", " "), depth, nanos, sep="\t")


async def one_round(depths):
    for depth in depths:
        start = time.perf_counter()
        for _ in range(300):
            call(depth)
        cell("plain calls", depth, start, 300)
        for work, repetitions in AWAITED.items():
            start = time.perf_counter()
            for _ in range(repetitions):
                assert await work(depth) == depth
            cell(work.__name__, depth, start, repetitions)


async def main(depths):
    for _ in range(ROUNDS):
        await one_round(depths)


print("Python", platform.python_version())
asyncio.run(main([int(word) for word in sys.argv[1:]]))
