"""The stored form of a treadmill's log and of its belt's memory."""

from ..codec.codec import Codec
from ..codec.schema import Dialect
from .log import BeltLog
from .memory import BeltMemory, check
from .session import Phase
from .speed_model import Sample

BELT_LOG = Codec(BeltLog, Dialect(rows=frozenset({Phase, Sample}), all_keys=True))
BELT_MEMORY = Codec(BeltMemory, Dialect(omitted=(None,), known_keys=True), check)
