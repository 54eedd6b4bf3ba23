"""Reading of an activity that a service lists. All of it blocks, so it runs in the executor."""

from dataclasses import dataclass
from datetime import datetime

from ...gym.intake.objection import admission_of
from ...gym.integrations.service_model import Listed, combined
from ...gym.recordings.errors import RecordingFault
from ...gym.runs.activity import Activity, Sport
from ...gym.runs.validation import believable
from ..folder.recordings import parsed


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceReading:
    """The activities of a listed one, or the key of the reason that none counts."""

    activities: tuple[Activity, ...]
    is_recorded: bool
    problem: str | None = None

    @property
    def is_run(self) -> bool:
        """Whether there is a run among the activities."""
        return any(activity.sport is Sport.RUN for activity in self.activities)

    @property
    def is_to_be_read_again(self) -> bool:
        """Whether only the clock speaks against the activity, which may be wrong."""
        return self.problem == RecordingFault.FUTURE


def read_activity(listed: Listed, content: bytes | None, now: datetime) -> ServiceReading:
    """Return the activities of a recording and a list's entry together; either may be missing."""
    word = listed.activity.sub_sport if listed.activity else None
    recorded, problem = parsed(listed.id, content, sport=word) if content else ((), None)
    admission = admission_of(map(believable, combined(listed, recorded)), now)
    if admission.activities:
        return ServiceReading(activities=admission.activities, is_recorded=bool(recorded))
    refused = next((refusal.reason for refusal in admission.refusals), None)
    return ServiceReading(activities=(), is_recorded=False, problem=refused or problem or RecordingFault.NO_RECORDING)
