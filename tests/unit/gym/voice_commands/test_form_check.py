"""Sentences about a form check: its start, and the countdown for the film."""

import pytest

from custom_components.home_gym.gym.voice_commands import VoiceCommand
from tests.support.unit.sentences import SENTENCES

SAID = {
    "en": (
        ["Start the form check", "Check my running form", "Please start my form check", "Let's do a form check"],
        ["Count me down for the film", "Countdown for the video", "Film my running form"],
    ),
    "de": (
        ["Starte den Laufstil-Check", "Mach einen Laufstil-Check bitte", "Prüfe meinen Laufstil"],
        ["Zähl für den Film", "Countdown für das Video", "Film meinen Laufstil"],
    ),
    "fr": (
        ["Commence l'examen de la foulée", "Fais l'examen de ma foulée", "Vérifie ma foulée"],
        ["Compte pour le film", "Compte à rebours pour la vidéo", "Filme ma foulée"],
    ),
    "nl": (
        ["Start de loopstijlcheck", "Doe een loopstijlcheck", "Check mijn loopstijl"],
        ["Tel af voor de film", "Tel me af voor de video", "Film mijn loopstijl"],
    ),
    "es": (
        ["Empieza la revisión de la técnica", "Haz una revisión de mi técnica", "Revisa mi técnica de carrera"],
        ["Cuenta para el vídeo", "Cuenta atrás para la cámara", "Graba mi técnica"],
    ),
}


@pytest.mark.parametrize("language", SAID)
def test_form_check_is_started_and_filmed_in_usual_words(language: str) -> None:
    sentences = SENTENCES[language]
    for command, said in zip((VoiceCommand.START_FORM_CHECK, VoiceCommand.FILM_FORM), SAID[language], strict=True):
        for text in said:
            parsed = sentences.understood(text)
            assert (text, parsed and parsed.command) == (text, command)
