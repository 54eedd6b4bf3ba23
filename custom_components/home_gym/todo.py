"""To-do list of today's due habits; checking an item off logs a session."""

from typing import override

from homeassistant.core import HomeAssistant
from homeassistant.exceptions import ServiceValidationError
from homeassistant.helpers.entity import EntityDescription
from homeassistant.helpers.entity_platform import AddConfigEntryEntitiesCallback
from homeassistant.util import dt as dt_util

from .const import DOMAIN
from .data import HomeGymConfigEntry, RunnerData
from .entity import RunnerEntity
from .guarded_entity import GuardedEntity
from .gym import verbs
from .gym.habits.due import DueReason
from .gym.habits.habit import Habit
from .gym.speech.phrases import line
from .ha.entities import TodoItem, TodoItemStatus, TodoListEntity, TodoListEntityFeature
from .permissions import Right

PARALLEL_UPDATES = 0

TODAY = EntityDescription(key="today")


async def async_setup_entry(
    hass: HomeAssistant, entry: HomeGymConfigEntry, async_add_entities: AddConfigEntryEntitiesCallback
) -> None:
    """Add the list."""
    async_add_entities([TodayList(entry.runtime_data)])


class TodayList(GuardedEntity, RunnerEntity, TodoListEntity):
    """To-do list of today's due and done habits."""

    _attr_supported_features = TodoListEntityFeature.UPDATE_TODO_ITEM

    def __init__(self, gym: RunnerData) -> None:
        """Show a runner's day, in the home's language."""
        super().__init__(gym.coordinator, TODAY)
        self._phrases = gym.phrases

    @property
    @override
    def todo_items(self) -> list[TodoItem]:
        """Return the due habits, most urgent first, then those done today."""
        summary = self.coordinator.data
        due = [self._item(habit, TodoItemStatus.NEEDS_ACTION) for habit in summary.due]
        done = [
            self._item(habit, TodoItemStatus.COMPLETED)
            for habit in Habit
            if habit in summary.done_today and habit not in summary.due
        ]
        return due + done

    @override
    async def async_update_todo_item(self, item: TodoItem) -> None:
        """Log a checked-off habit; done ones stay done."""
        await self.async_require(Right.ACT, self.coordinator.config_entry)
        habit = next((habit for habit in Habit if habit == item.uid), None)
        listed = {known.uid: known for known in self.todo_items}
        if habit is None or habit not in listed:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="not_on_the_list")
        if listed[habit].status == item.status:
            return
        if item.status != TodoItemStatus.COMPLETED:
            raise ServiceValidationError(translation_domain=DOMAIN, translation_key="done_stays_done")
        await self.coordinator.async_apply(verbs.log_session(habit))

    def _item(self, habit: Habit, status: TodoItemStatus) -> TodoItem:
        phrases = self._phrases
        why = None
        if status is TodoItemStatus.NEEDS_ACTION:
            summary, settings = self.coordinator.data, self.coordinator.runner.settings
            by_lot = (due := summary.due.get(habit)) is not None and due.reason is DueReason.EXPERIMENT
            why = line(
                phrases,
                f"why.{'experiment' if by_lot else habit}",
                done=summary.core_sessions_this_week,
                goal=settings.core_goal,
            )
        return TodoItem(
            uid=habit.value,
            summary=line(phrases, f"todo.{habit}"),
            status=status,
            description=why,
            due=dt_util.now().date() if status is TodoItemStatus.NEEDS_ACTION else None,
        )
