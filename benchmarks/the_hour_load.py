"""The readers of the benchmark of the hour: they ask, judge what comes back, and time it."""

from __future__ import annotations

import asyncio
import hashlib
import random
import statistics
import time
from dataclasses import dataclass

from benchmarks.the_hour_stage import Reader, Story

PATIENCE = 30
"""Seconds after which an answer counts as none."""


@dataclass
class Answer:
    """What came back, and when."""

    status: int
    sha256: str
    asked: float
    answered: float
    length: int
    what: str = ""
    """The page or the PDF."""


async def get(port: int, path: str, session: str = "") -> Answer:
    """One request over a connection of its own, as browsers of different people do."""
    asked = time.time()
    reading, writing = await asyncio.open_connection("127.0.0.1", port)
    cookie = f"Cookie: sessionid={session}\r\n" if session else ""
    writing.write(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n{cookie}Connection: close\r\n\r\n".encode()
    )
    await writing.drain()
    head = await reading.readuntil(b"\r\n\r\n")
    digest, length = hashlib.sha256(), 0
    while chunk := await reading.read(262144):
        digest.update(chunk)
        length += len(chunk)
    writing.close()
    return Answer(int(head.split(b" ", 2)[1]), digest.hexdigest(), asked, time.time(), length)


def wrong(story: Story, reader: Reader, answer: Answer, *, is_pdf: bool) -> str:
    """What is wrong with an answer; nothing where it may be so on its side of the hour."""
    allowed = set()
    if answer.asked < story.hour:
        allowed.add("before")
    if answer.answered >= story.hour:
        allowed.add("after")
    expected = set()
    for side in allowed:
        if reader.kind == "stranger" or (reader.kind == "audience" and side == "before"):
            expected.add((404, ""))
        elif not is_pdf:
            expected.add((200, ""))
        else:
            expected.add((200, reader.copy if side == "before" else story.plain))
    got = (answer.status, answer.sha256 if is_pdf and answer.status == 200 else "")
    return "" if got in expected else f"{reader.kind} {sorted(allowed)}: {answer.status}"


async def visit(
    story: Story, port: int, reader: Reader, start: float, answers: list[Answer], faults: list[str]
) -> None:
    """Open the page, then download."""
    await asyncio.sleep(max(0.0, start - time.time()))
    for path, is_pdf in ((story.page, False), (story.pdf, True)):
        try:
            answer = await asyncio.wait_for(get(port, path, reader.session), PATIENCE)
        except (OSError, TimeoutError, asyncio.IncompleteReadError) as error:
            faults.append(f"{reader.kind}: {type(error).__name__}")
            continue
        answer.what = "PDF" if is_pdf else "page"
        answers.append(answer)
        if fault := wrong(story, reader, answer, is_pdf=is_pdf):
            faults.append(fault)


async def the_minute(
    story: Story, port: int, seconds: float, before: float
) -> tuple[list[Answer], list[str]]:
    """All readers, spread evenly over so many seconds, of which so many lie before the hour."""
    chance = random.Random(1)
    answers: list[Answer] = []
    faults: list[str] = []
    begin = story.hour - before
    await asyncio.gather(
        *(
            visit(story, port, reader, begin + chance.random() * seconds, answers, faults)
            for reader in story.readers
        )
    )
    return answers, faults


async def warm(port: int) -> None:
    """Let every worker answer once, as a portal that was started yesterday has."""
    for _ in range(3):
        await asyncio.gather(*(get(port, "/account/sign-in/") for _ in range(12)))


async def seconds_each(port: int, path: str, session: str, times: int, at_once: int) -> float:
    """The median time of a download, of so many by so many at once."""
    found: list[float] = []

    async def one() -> None:
        for _ in range(max(1, times // at_once)):
            answer = await get(port, path, session)
            assert answer.status == 200, answer.status
            found.append(answer.answered - answer.asked)

    await asyncio.gather(*(one() for _ in range(at_once)))
    return statistics.median(found)


def compare(story: Story, port: int, label: str, times: int, *, at_once: int = 1) -> float:
    """The same two files with the check and without it; how fast the larger one is, in parts."""
    session = next(one.session for one in story.readers if one.kind == "early")
    files = {
        "PDF": (story.pdf, story.plain),
        "attachment of 8 MB": (f"{story.files}attachments/{story.attachment}/", story.report),
    }
    ratio = 0.0
    for name, (path, sha256) in files.items():
        bare = f"/bare/{sha256[:2]}/{sha256}"
        checked = asyncio.run(seconds_each(port, path, session, times, at_once))
        free = asyncio.run(seconds_each(port, bare, "", times, at_once))
        ratio = free / checked
        print(
            f"{label}, {at_once} at once, {name}: checked {1000 * checked:.1f} ms, "
            f"unchecked {1000 * free:.1f} ms, {ratio:.2f} as fast",
            flush=True,
        )
    return ratio


def tell(story: Story, answers: list[Answer]) -> None:
    """How long the answers took, by what was asked and on which side of the hour."""
    for what in ("page", "PDF"):
        for side, is_after in (("before the hour", False), ("after it", True)):
            times = [
                one.answered - one.asked
                for one in answers
                if one.what == what and (one.asked >= story.hour) == is_after
            ]
            if times:
                print(
                    f"{what} {side}: {len(times)} answers, "
                    f"median {1000 * statistics.median(times):.0f} ms, "
                    f"95% {1000 * percentile(times, 0.95):.0f} ms, "
                    f"longest {1000 * max(times):.0f} ms",
                    flush=True,
                )


def percentile(values: list[float], part: float) -> float:
    return sorted(values)[min(len(values) - 1, int(part * len(values)))]
