"""Understanding of free sentences about one's own body, one vocabulary for each language; the caller reads the files.

A vocabulary maps classes of words to their forms: `*` stands for the rest of a word, `~` for up to three words. The
rules of `rules.py` combine classes in any order, so that fillers and the order of words don't matter.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
import re
import unicodedata

from ...calendar import A_DAY, DAYS_A_WEEK
from ..pain import Area, PainSide, PainTiming, RedFlag
from .rules import ALONE, AREAS, FALLS, NEGATABLE, RULES, SIDES, TIMINGS, WARNING, SpokenWord

type Forms = Mapping[str, Sequence[str]]

DIGRAPHS = {"ae": "a", "oe": "o", "ue": "u"}
SIGNS = re.compile(r"[^\w\s/*~]|_")
# A negation reaches this many words further.
NEGATION_REACH = 3
TEN = 10
# Entries of a file that are no classes of words.
NO_CLASSES = {
    *("apostrophe", "digraphs", "prefixes", "alone"),
    *("capture_own", "capture_start", "capture_telling", "capture_part", "capture_strong", "capture_reply"),
}
# Classes whose forms are a whole sign by themselves.
WHOLE_SIGNS = ("incontinent", "retention", "unsteady", "foot_drop", "stress_fracture")
CONTRACTED = re.compile(r"\b(can|don|won|didn|couldn|isn|haven|doesn)t\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class BodySentence:
    """The facts in a sentence about one's own body.

    `words` are the other meanings that it may have: an answer, a clearance, an exclamation. `hurts` is None where pain
    isn't mentioned. `days_ago` and `weekday` are the day of a clearance.
    """

    flags: tuple[RedFlag, ...] = ()
    score: int | None = None
    area: Area | None = None
    side: PainSide | None = None
    timing: PainTiming | None = None
    hurts: bool | None = None
    is_own: bool = False
    words: frozenset[SpokenWord] = frozenset()
    runner: str | None = None
    days_ago: int = 0
    weekday: int | None = None

    def day_before(self, today: date) -> date:
        """Return the day of a clearance, up to today."""
        if self.weekday is not None:
            return today - ((today.weekday() - self.weekday) % DAYS_A_WEEK) * A_DAY
        return today - self.days_ago * A_DAY

    @property
    def is_report(self) -> bool:
        """Whether there is enough for a report: a sign, or pain with a score."""
        return bool(self.flags) or self.score is not None

    @property
    def is_about_body(self) -> bool:
        """Whether the sentence is about one's own body, or about a clearance of it."""
        return self.is_report or self.is_own or bool(self.words & {SpokenWord.CLEARED, SpokenWord.EXCLAMATION})


class Vocabulary:
    """The words of one language."""

    def __init__(self, forms: Forms) -> None:
        """Compile the forms of a language's file."""
        self._apostrophe = forms["apostrophe"][0]
        self._has_digraphs = bool(forms["digraphs"])
        # Dutch writes a side and its part as one word.
        self._prefix = re.compile(rf"\b({'|'.join(forms['prefixes'])})(?=\w)") if forms["prefixes"] else None
        self._out_of = "|".join(map(self._pattern_of, forms["out_of"]))
        self._forms = forms
        self._patterns = {
            name: re.compile(rf"(?<!\w)(?:{'|'.join(map(self._pattern_of, values))})(?!\w)")
            for name, values in forms.items()
            if values and name not in NO_CLASSES
        }
        self._numbers = [re.compile(rf"(?:{'|'.join(map(self._pattern_of, forms[str(n)]))})") for n in range(TEN + 1)]

    def read(self, text: str, names: Collection[str] = ()) -> BodySentence:
        """Return the facts in a sentence; `names` are those of the runners."""
        plain = self._plain(text)
        found = {name for name in self._patterns if self._has(name, plain)}
        words = frozenset(word for word in SpokenWord if word in found)
        if "not_cleared" in found:
            words -= {SpokenWord.CLEARED}
        hurts = True if "hurt" in found else False if self._is_painless(plain) else None
        flags = tuple(dict.fromkeys(self._flags(found)))
        runner = self._runner_in(plain, names)
        # A command to play a song or to switch a light is nothing about a body.
        is_command = bool(self._patterns["ignored"].match(plain))
        is_own = not is_command and self._is_own(found, has_name=runner is not None)
        flags = () if is_command else flags
        score = self._score(plain) if hurts or flags or words & {SpokenWord.EXCLAMATION} else None
        return BodySentence(
            flags=flags,
            score=0 if score is None and hurts is False and not flags and is_own else score,
            area=next((area for name, area in AREAS.items() if name in found), None),
            side=next((side for name, side in SIDES.items() if name in found), None),
            timing=next((timing for name, timing in TIMINGS.items() if name in found), None),
            hurts=hurts,
            is_own=is_own,
            words=words,
            runner=runner,
            days_ago=2 if "two_days_ago" in found else int("yesterday" in found),
            weekday=next((day for day in range(DAYS_A_WEEK) if f"weekday_{day}" in found), None),
        )

    def score_in(self, text: str) -> int | None:
        """Return the score in an answer to a question for it, None without any."""
        plain = self._plain(text)
        if (score := self._score(plain)) is not None:
            return score
        words = plain.split()
        found = [number for number, pattern in enumerate(self._numbers) if any(map(pattern.fullmatch, words))]
        return found[0] if len(found) == 1 else None

    def templates(self, names: Collection[str]) -> list[str]:
        """Return templates of sentences that may be about one's own body, for a trigger with wildcards.

        A form in a template also stands for longer words, since the matcher of templates knows no end of a word.
        """
        called = (name.lower() for name in names if name.isalnum())
        own = "|".join(dict.fromkeys([*self._forms["capture_own"], *called]))
        start, telling = "|".join(self._forms["capture_start"]), "|".join(self._forms["capture_telling"])
        whole = [form.rstrip("*") for name in WHOLE_SIGNS for form in self._forms[name] if "~" not in form]
        plain = [form for form in whole if not set(form) & set("*/") and " " in form]
        strong = "|".join(dict.fromkeys([*self._forms["capture_strong"], *plain, *map(_contracted, plain)]))
        parts = "|".join(self._forms["capture_part"])
        return [
            f"[{{before}}] ({own}) [{{between}}] ({telling})[{{after}}]",
            f"[{{before}}] ({telling})[{{between}}] ({own})[{{after}}]",
            f"({start}) [{{between}}] ({telling})[{{after}}]",
            f"[{{before}}] ({parts})[{{between}}] ({telling})[{{after}}]",
            f"[{{before}}] ({telling})[{{between}}] ({parts})[{{after}}]",
            f"[{{before}}] ({strong})[{{after}}]",
            f"({'|'.join(self._forms['alone'])})",
        ]

    def answers(self) -> list[str]:
        """Return templates of replies to a question, for the time of a dialogue."""
        words = [*self._forms["yes"], *self._forms["no"], *self._forms["unknown"], *self._forms["capture_reply"]]
        numbers = [form for number in range(TEN + 1) for form in self._forms[str(number)]]
        plain = dict.fromkeys(form for form in (*words, *numbers) if not set(form) & set("*~/"))
        return [
            f"({'|'.join(plain)}) [{{after}}]",
            f"[{{before}}] ({'|'.join([*self._forms['capture_telling'], *numbers])})[{{after}}]",
        ]

    def _flags(self, found: Set[str]) -> Iterator[RedFlag]:
        for flag, wanted, unwanted in RULES:
            if found >= wanted and not unwanted & found:
                yield flag
        if _is_fall(found) and found & WARNING:
            yield RedFlag.OLD_FALL if "old" in found else RedFlag.AFTER_FALL

    def falls(self, text: str) -> RedFlag | None:
        """Return the fall or crash in an answer, however it is said."""
        found = {name for name in FALLS if self._has(name, self._plain(text))}
        if not found - {"old"}:
            return None
        return RedFlag.OLD_FALL if "old" in found else RedFlag.AFTER_FALL

    def start_of(self, name: str, text: str) -> int | None:
        """Return the start of the first word of a class in a text, None without any."""
        hit = self._patterns[name].search(self._plain(text))
        return hit.start() if hit else None

    def says(self, name: str, text: str) -> bool:
        """Return whether a text has a word of a class, not negated."""
        return self._has(name, self._plain(text))

    @staticmethod
    def _is_own(found: Set[str], *, has_name: bool) -> bool:
        is_mine = has_name or "own" in found
        parts, senses = bool(found & set(AREAS) or "part" in found), bool(found & WARNING)
        return (is_mine and (parts or bool(found & ALONE))) or (parts and senses) or "own_pain" in found

    def _has(self, name: str, plain: str) -> bool:
        pattern = self._patterns.get(name)
        if pattern is None:
            return False
        return any(not self._takes_back(name, plain, hit) for hit in pattern.finditer(plain))

    def _takes_back(self, name: str, plain: str, hit: re.Match[str]) -> bool:
        """Return whether a negation takes back a word, before it or between its parts."""
        is_within = name == "hurt" and self._patterns["negation"].search(hit[0])
        return name in NEGATABLE and (bool(is_within) or self._is_negated(plain, hit.start()))

    def _is_negated(self, plain: str, start: int) -> bool:
        """Return whether a negation comes shortly before, without a word that ends its reach."""
        before = " ".join(plain[:start].split()[-NEGATION_REACH:])
        hits = list(self._patterns["negation"].finditer(before))
        return bool(hits) and not self._patterns["break"].search(before, hits[-1].start())

    def _is_painless(self, plain: str) -> bool:
        return any(self._takes_back("hurt", plain, hit) for hit in self._patterns["hurt"].finditer(plain))

    def _score(self, plain: str) -> int | None:
        """Return the score in a sentence: out of ten, after a word for it, or at the end; the highest of several."""
        at = self._patterns["level"].pattern
        out_of = [rf"{{0}} ?(?:{self._out_of})(?!\w)"]
        for forms in (out_of, [rf"{at} {{0}}$", r"{0}$"]):
            found = [
                number
                for number, pattern in enumerate(self._numbers)
                if any(re.search(rf"(?<![\w/]){form.replace('{0}', pattern.pattern)}", plain) for form in forms)
            ]
            if found:
                return max(found)
        return None

    def _runner_in(self, plain: str, names: Collection[str]) -> str | None:
        return next(
            (name for name in names if re.search(rf"(?<!\w){re.escape(self._plain(name))}s?(?!\w)", plain)), None
        )

    def _plain(self, text: str) -> str:
        """Return a text in lower case, without accents and signs."""
        lower = text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("'", self._apostrophe)
        letters = unicodedata.normalize("NFKD", lower.replace("ß", "ss"))
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
        if self._prefix:
            plain = self._prefix.sub(r"\1 ", plain)
        if self._has_digraphs:
            for digraph, letter in DIGRAPHS.items():
                plain = plain.replace(digraph, letter)
        return " ".join(SIGNS.sub(" ", plain).split())

    def _pattern_of(self, form: str) -> str:
        words = [re.escape(word).replace(r"\*", r"\w*") for word in self._plain(form).split()]
        return " ".join(words).replace(r"\~ ", r"(?:[\w/]+ ){0,3}")


def _is_fall(found: Set[str]) -> bool:
    return "crash" in found or ("fall" in found and "no_fall" not in found)


def _contracted(form: str) -> str:
    """Return a form with the apostrophes of its contractions, as speech recognition writes them."""
    return CONTRACTED.sub(r"\1't", form)
