"""Entity classes, descriptions and features from components without an `__all__`.

The developer documentation describes most of these names, but type checkers accept them only from the inner modules
that define them; it leaves out the descriptions, which every integration needs.
"""

from homeassistant.components.binary_sensor import BinarySensorEntity, BinarySensorEntityDescription
from homeassistant.components.binary_sensor.const import BinarySensorDeviceClass
from homeassistant.components.button import ButtonEntity, ButtonEntityDescription
from homeassistant.components.button.const import ButtonDeviceClass
from homeassistant.components.calendar import CalendarEntity, CalendarEntityDescription, CalendarEvent
from homeassistant.components.switch import SwitchEntity, SwitchEntityDescription
from homeassistant.components.todo.const import TodoItemStatus, TodoListEntityFeature
from homeassistant.components.todo.entity import TodoItem, TodoListEntity

__all__ = [
    "BinarySensorDeviceClass",
    "BinarySensorEntity",
    "BinarySensorEntityDescription",
    "ButtonDeviceClass",
    "ButtonEntity",
    "ButtonEntityDescription",
    "CalendarEntity",
    "CalendarEntityDescription",
    "CalendarEvent",
    "SwitchEntity",
    "SwitchEntityDescription",
    "TodoItem",
    "TodoItemStatus",
    "TodoListEntity",
    "TodoListEntityFeature",
]
