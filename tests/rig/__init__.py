"""A real home for Home Gym: Home Assistant, a voice, a speaker and a browser, each as users have them."""

from .athlete import Athlete
from .broker import Broker, Qdomyos
from .browser import Browser
from .flows import Flow
from .garmin import GarminAccount
from .hearing import Hearing
from .home import Home
from .phone import Phone
from .plug import Plug, add_switch
from .process import LOOPBACK, RigError, free_port, wait_for
from .pulse import PULSE, another_beat, give_pulse, standstill
from .satellite import Satellite
from .services import lead_to
from .speaker import Sound, Speaker
from .voice import Spoken, Voice

__all__ = [
    "LOOPBACK",
    "PULSE",
    "Athlete",
    "Broker",
    "Browser",
    "Flow",
    "GarminAccount",
    "Hearing",
    "Home",
    "Phone",
    "Plug",
    "Qdomyos",
    "RigError",
    "Satellite",
    "Sound",
    "Speaker",
    "Spoken",
    "Voice",
    "add_switch",
    "another_beat",
    "free_port",
    "give_pulse",
    "lead_to",
    "standstill",
    "wait_for",
]
