"""Sentences as people say them, in every language, with their meanings."""

from dataclasses import replace
import json
from pathlib import Path
from typing import Any

import pytest

from custom_components.home_gym.gym.exercises.level import Length
from custom_components.home_gym.gym.habits.habit import Habit
from custom_components.home_gym.gym.habits.practice import Effort
from custom_components.home_gym.gym.speech import phrases
from custom_components.home_gym.gym.voice_commands import (
    ParsedCommand,
    RestPeriod,
    SentenceContext,
    Sentences,
    VoiceCommand,
)
from tests.support.unit.sentences import DATA, LANGUAGES, NAMES, SENTENCES, matches

PHRASES: dict[str, Any] = {
    language: json.loads((Path(phrases.__file__).parent / f"{language}.json").read_text(encoding="utf-8"))
    for language in LANGUAGES
}

# How a routine is asked for by the name that the coach gives it.
START = {"de": "Starte {}", "en": "Start {}", "es": "Empieza {}", "fr": "Commence {}", "nl": "Start {}"}


@pytest.mark.parametrize("key", ["routine.{}.name", "todo.{}"])
@pytest.mark.parametrize("habit", Habit)
@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_of_coach_are_understood(language: str, habit: Habit, key: str) -> None:
    [name] = PHRASES[language][key.format(habit)]
    text = START[language].format(name)
    assert SENTENCES[language].understood(text) == ParsedCommand(command=VoiceCommand.START_ROUTINE, habit=habit)
    assert matches(language, SentenceContext.ALWAYS, text)


def start(habit: Habit, length: Length | None = None, runner: str | None = None) -> ParsedCommand:
    """Return the command to start a routine."""
    return ParsedCommand(command=VoiceCommand.START_ROUTINE, habit=habit, length=length, runner=runner)


def log(habit: Habit, runner: str | None = None) -> ParsedCommand:
    """Return the command to log a session."""
    return ParsedCommand(command=VoiceCommand.LOG_SESSION, habit=habit, runner=runner)


def last(habit: Habit, runner: str | None = None) -> ParsedCommand:
    """Return the question for a habit's last session."""
    return ParsedCommand(command=VoiceCommand.LAST_SESSION, habit=habit, runner=runner)


def pain(score: int | None = None, runner: str | None = None) -> ParsedCommand:
    """Return the report of a pain score."""
    return ParsedCommand(command=VoiceCommand.PAIN, score=score, runner=runner)


def rest(period: RestPeriod | None = None, runner: str | None = None) -> ParsedCommand:
    """Return the command to rest."""
    return ParsedCommand(command=VoiceCommand.REST, period=period, runner=runner)


def pause(habit: Habit | None = None) -> ParsedCommand:
    """Return the command to pause."""
    return ParsedCommand(command=VoiceCommand.PAUSE_ROUTINE, habit=habit)


def stop(habit: Habit | None = None, runner: str | None = None) -> ParsedCommand:
    """Return the command to stop."""
    return ParsedCommand(command=VoiceCommand.STOP_ROUTINE, habit=habit, runner=runner)


RESUME, NEXT, PREVIOUS = (
    ParsedCommand(command=one)
    for one in (VoiceCommand.RESUME_ROUTINE, VoiceCommand.NEXT_STEP, VoiceCommand.PREVIOUS_STEP)
)
REPEAT, SHOES, TODAY = (
    ParsedCommand(command=one) for one in (VoiceCommand.REPEAT_STEP, VoiceCommand.SHOES, VoiceCommand.TODAY)
)
TRAIN = ParsedCommand(command=VoiceCommand.END_REST)
CORE, STRETCH, WARM_UP, COOL_DOWN = Habit.CORE, Habit.STRETCH, Habit.WARM_UP, Habit.COOL_DOWN
FOAM_ROLL, MASSAGE, HEAT_OR_ICE = Habit.FOAM_ROLL, Habit.MASSAGE, Habit.HEAT_OR_ICE
SHORT, FULL = Length.SHORT, Length.FULL
A_DAY, A_WEEK = RestPeriod.TODAY, RestPeriod.WEEK

AT_ANY_TIME: dict[str, dict[str, ParsedCommand]] = {
    "en": {
        "Please start my core workout": start(CORE),
        "Could you please start the stretches?": start(STRETCH),
        "Can you pause the workout": pause(),
        "Let's do the cool-down": start(COOL_DOWN),
        "I want to do some stretching": start(STRETCH),
        "Start with the warm-up, please": start(WARM_UP),
        "Start the short stretch routine": start(STRETCH, SHORT),
        "Start a full core workout": start(CORE, FULL),
        "Start a quick warm up for Sam": start(WARM_UP, SHORT, "Sam"),
        "Begin Sam's long foam rolling session": start(FOAM_ROLL, FULL, "Sam"),
        "Start the short version of my core workout": start(CORE, SHORT),
        "Pause the routine": pause(),
        "Pause routine": pause(),
        "Please pause my workout": pause(),
        "Pause my core workout": pause(CORE),
        "Continue the workout please": RESUME,
        "Resume routine": RESUME,
        "Next exercise please": NEXT,
        "Move on to the next exercise": NEXT,
        "Skip that exercise": NEXT,
        "Go back to the last exercise": PREVIOUS,
        "Repeat that exercise, please": REPEAT,
        "This exercise again": REPEAT,
        "Stop routine": stop(),
        "Finish the routine": stop(),
        "Stop my core workout": stop(CORE),
        "End the stretching": stop(STRETCH),
        "Stop Sam's core workout": stop(CORE, "Sam"),
        "I finished my core workout": log(CORE),
        "I've just finished the full core workout": ParsedCommand(
            command=VoiceCommand.LOG_SESSION, habit=CORE, length=FULL
        ),
        "I've stretched": log(STRETCH),
        "I have already warmed up": log(WARM_UP),
        "I did my stretches today": log(STRETCH),
        "I'm done with my foam rolling": log(FOAM_ROLL),
        "My core workout is done": log(CORE),
        "Sam has cooled down": log(COOL_DOWN, "Sam"),
        "Sam did her core workout": log(CORE, "Sam"),
        "Log core": log(CORE),
        "How many kilometers are on my shoes": SHOES,
        "how many km have my running shoes run": SHOES,
        "How worn out are my shoes?": SHOES,
        "How many miles are left in my shoes?": SHOES,
        "Does Sam need new running shoes?": ParsedCommand(command=VoiceCommand.SHOES, runner="Sam"),
        "When was the last time I warmed up": last(WARM_UP),
        "When did I last do my warm-up": last(WARM_UP),
        "When did I do core work last?": last(CORE),
        "How long has it been since I last stretched?": last(STRETCH),
        "When was the last time Sam did the massage": last(MASSAGE, "Sam"),
        "When have I last used heat or ice?": last(HEAT_OR_ICE),
        "My lower back hurts, three out of ten": pain(3),
        "My back hurts today, three out of ten": pain(3),
        "My back hurts, 3/10": pain(3),
        "My back hurts a bit": pain(),
        "I've got back pain, about a 4": pain(4),
        "I have some lower back pain today": pain(),
        "Sam's back is sore, six of ten": pain(6, "Sam"),
        "My back pain is at 2": pain(2),
        "I have no back pain today": pain(0),
        "What's left for today": TODAY,
        "What is left to do today?": TODAY,
        "What do I still have to do today?": TODAY,
        "Is anything left for me today?": TODAY,
        "Which exercises are left for Sam today?": ParsedCommand(command=VoiceCommand.TODAY, runner="Sam"),
        "I'm resting": rest(),
        "I'm resting today": rest(A_DAY),
        "I'm taking a break this week": rest(A_WEEK),
        "I'm not training for the rest of the week": rest(A_WEEK),
        "Today is a rest day": rest(A_DAY),
        "I have a cold": rest(),
        "Sam is feeling sick today": rest(A_DAY, "Sam"),
        "I'm feeling better again": TRAIN,
        "My rest is over": TRAIN,
        "I'm no longer sick": TRAIN,
    },
    "de": {
        "Starte bitte das Dehnen": start(STRETCH),
        "Kannst du bitte das Dehnen starten": start(STRETCH),
        "Könntest du die Routine beenden?": stop(),
        "Starte eine lange Dehneinheit": start(STRETCH, FULL),
        "Fang mit dem Dehnen an": start(STRETCH),
        "Lass uns mit dem Aufwärmen anfangen": start(WARM_UP),
        "Ich möchte mein Rumpftraining starten": start(CORE),
        "Beginne mit der Faszienrolle": start(FOAM_ROLL),
        "Starte die kurze Dehnroutine": start(STRETCH, SHORT),
        "Starte ein volles Core-Workout": start(CORE, FULL),
        "Starte Sams langes Rumpftraining": start(CORE, FULL, "Sam"),
        "Das ganze Rumpftraining starten": start(CORE, FULL),
        "Pausiere die Routine": pause(),
        "Pausiere bitte das Training": pause(),
        "Routine pausieren": pause(),
        "Halte das Training an": pause(),
        "Pausiere mein Rumpftraining": pause(CORE),
        "Setze die Routine fort": RESUME,
        "Mach mit dem Training weiter": RESUME,
        "Weiter mit dem Dehnen": ParsedCommand(command=VoiceCommand.RESUME_ROUTINE, habit=STRETCH),
        "Nächste Übung bitte": NEXT,
        "Überspring diese Übung": NEXT,
        "Zurück zur letzten Übung": PREVIOUS,
        "Diese Übung noch mal": REPEAT,
        "Stopp das Training": stop(),
        "Stoppe die Routine": stop(),
        "Beende die Routine": stop(),
        "Bitte beende die Routine": stop(),
        "Routine beenden": stop(),
        "Brich das Training ab": stop(),
        "Hör mit dem Dehnen auf": stop(STRETCH),
        "Beende das Aufwärmen": stop(WARM_UP),
        "Beende Sams Rumpftraining": stop(CORE, "Sam"),
        "Ich habe meine Core-Übungen gemacht": log(CORE),
        "Ich hab mein Rumpftraining geschafft": log(CORE),
        "Ich habe mich gerade aufgewärmt": log(WARM_UP),
        "Habe mich gedehnt": log(STRETCH),
        "Ich bin mit dem Dehnen fertig": log(STRETCH),
        "Mein Core-Training ist erledigt": log(CORE),
        "Sam hat die Faszienrolle benutzt": log(FOAM_ROLL, "Sam"),
        "Notiere eine Massage": log(MASSAGE),
        "Wie viele Kilometer habe ich schon auf den Laufschuhen": SHOES,
        "Wie viele Kilometer sind auf meinen Schuhen": SHOES,
        "Wie abgelaufen sind meine Schuhe": SHOES,
        "Braucht Sam neue Laufschuhe?": ParsedCommand(command=VoiceCommand.SHOES, runner="Sam"),
        "Wann hab ich mich zum letzten Mal aufgewärmt": last(WARM_UP),
        "Wann habe ich das letzte Mal Core-Training gemacht": last(CORE),
        "Wann war meine letzte Massage": last(MASSAGE),
        "Wann hat Sam sich zuletzt gedehnt": last(STRETCH, "Sam"),
        "Mir tut der Rücken weh, drei von zehn": pain(3),
        "Mein Rücken tut weh, drei von zehn": pain(3),
        "Mein Rücken tut heute weh, 4/10": pain(4),
        "Mir tut heute der untere Rücken weh": pain(),
        "Ich habe wieder Rückenschmerzen, etwa eine Fünf": pain(5),
        "Sam tut der Rücken weh, sechs": pain(6, "Sam"),
        "Ich habe keine Rückenschmerzen": pain(0),
        "Was muss ich heute noch machen": TODAY,
        "Was ist heute noch offen": TODAY,
        "Was habe ich heute noch zu tun?": TODAY,
        "Was muss Sam heute noch trainieren": ParsedCommand(command=VoiceCommand.TODAY, runner="Sam"),
        "Ich mache diese Woche Pause": rest(A_WEEK),
        "Diese Woche mache ich Pause": rest(A_WEEK),
        "Heute ruhe ich mich aus": rest(A_DAY),
        "Ich trainiere diese Woche nicht": rest(A_WEEK),
        "Heute ist Ruhetag": rest(A_DAY),
        "Ich bin erkältet": rest(),
        "Sam macht den Rest der Woche Pause": rest(A_WEEK, "Sam"),
        "Ich bin nicht mehr krank": TRAIN,
        "Ich laufe wieder": TRAIN,
    },
    "fr": {
        "Commence la séance d'étirements": start(STRETCH),
        "Commence ma séance de gainage": start(CORE),
        "Peux-tu lancer l'échauffement ?": start(WARM_UP),
        "Commence la séance de gainage courte": start(CORE, SHORT),
        "Démarre l'échauffement, s'il te plaît": start(WARM_UP),
        "Je voudrais faire des étirements": start(STRETCH),
        "Commence par le gainage": start(CORE),
        "On fait le retour au calme": start(COOL_DOWN),
        "Lance la routine d'échauffement": start(WARM_UP),
        "Commence la séance courte d'étirements": start(STRETCH, SHORT),
        "Lance une petite séance de gainage": start(CORE, SHORT),
        "Commence une séance complète de gainage": start(CORE, FULL),
        "Lance un gainage complet pour Sam": start(CORE, FULL, "Sam"),
        "Lance la version courte de mon gainage": start(CORE, SHORT),
        "Démarre la séance de gainage de Sam": start(CORE, runner="Sam"),
        "Mets la routine en pause": pause(),
        "Mets en pause la séance": pause(),
        "Interromps les exercices": pause(),
        "Mets mon gainage en pause": pause(CORE),
        "Reprends la routine": RESUME,
        "Continue les exercices s'il vous plaît": RESUME,
        "Exercice suivant s'il te plaît": NEXT,
        "On passe à l'exercice suivant": NEXT,
        "Saute cet exercice": NEXT,
        "Retourne à l'exercice précédent": PREVIOUS,
        "Refais cet exercice": REPEAT,
        "Arrête la routine": stop(),
        "Arrête les étirements": stop(STRETCH),
        "Arrête ma séance de gainage": stop(CORE),
        "Termine l'échauffement": stop(WARM_UP),
        "Arrête la séance": stop(),
        "Arrête la séance de Sam": stop(runner="Sam"),
        "J'ai fini mon gainage": log(CORE),
        "J'ai déjà fait mes étirements": log(STRETCH),
        "J'ai terminé ma séance d'étirements": log(STRETCH),
        "Je me suis bien échauffée": log(WARM_UP),
        "Je viens de m'étirer": log(STRETCH),
        "Je viens de faire du gainage": log(CORE),
        "Sam a fini son gainage": log(CORE, "Sam"),
        "Sam s'est massé": log(MASSAGE, "Sam"),
        "Note mon échauffement": log(WARM_UP),
        "Mon gainage est terminé": log(CORE),
        "Combien de kilomètres j'ai fait avec mes chaussures": SHOES,
        "Combien de kilomètres y a-t-il sur mes chaussures de course": SHOES,
        "Il me faut de nouvelles chaussures": SHOES,
        "Mes chaussures sont-elles usées ?": SHOES,
        "Quand me suis-je échauffé pour la dernière fois": last(WARM_UP),
        "Quand est-ce que j'ai fait du gainage la dernière fois": last(CORE),
        "Quand ai-je utilisé le rouleau pour la dernière fois": last(FOAM_ROLL),
        "C'était quand la dernière fois que je me suis étiré": last(STRETCH),
        "C'était quand ma dernière séance de gainage": last(CORE),
        "Quand Sam s'est-il étiré pour la dernière fois": last(STRETCH, "Sam"),
        "J'ai mal au dos, trois sur dix": pain(3),
        "J'ai mal au dos aujourd'hui, 3/10": pain(3),
        "J'ai un peu mal au bas du dos": pain(),
        "Le dos me fait mal, à quatre sur dix": pain(4),
        "Sam a mal au dos, six sur dix": pain(6, "Sam"),
        "Mon dos ne me fait plus mal": pain(0),
        "Que reste-t-il aujourd'hui": TODAY,
        "Qu'est-ce qu'il me reste à faire aujourd'hui": TODAY,
        "Qu'est-ce que je dois encore faire aujourd'hui": TODAY,
        "Il me reste quoi aujourd'hui": TODAY,
        "Je suis en repos cette semaine": rest(A_WEEK),
        "Je me repose": rest(),
        "Cette semaine je me repose": rest(A_WEEK),
        "Je ne m'entraîne pas aujourd'hui": rest(A_DAY),
        "Je prends du repos cette semaine": rest(A_WEEK),
        "J'ai la grippe": rest(),
        "Sam est au repos aujourd'hui": rest(A_DAY, "Sam"),
        "J'ai repris l'entraînement": TRAIN,
        "Je ne suis plus malade": TRAIN,
    },
    "nl": {
        "Start alsjeblieft mijn coretraining": start(CORE),
        "Start rompkracht": start(CORE),
        "Kun je mijn coretraining starten?": start(CORE),
        "Kun je de training pauzeren": pause(),
        "Begin met de warming-up": start(WARM_UP),
        "Laten we beginnen met rekken": ParsedCommand(command=VoiceCommand.START_ROUTINE, habit=STRETCH),
        "Ik wil mijn rekoefeningen doen": start(STRETCH),
        "Start de korte rekroutine": start(STRETCH, SHORT),
        "Start een volledige core workout": start(CORE, FULL),
        "Start Sams lange coretraining": start(CORE, FULL, "Sam"),
        "Doe de korte versie van mijn coretraining": start(CORE, SHORT),
        "Pauzeer de routine": pause(),
        "Pauzeer de routine alsjeblieft": pause(),
        "Zet de training op pauze": pause(),
        "Pauzeer mijn core workout": pause(CORE),
        "Hervat de routine": RESUME,
        "Ga verder met de oefeningen": RESUME,
        "Volgende oefening graag": NEXT,
        "Deze oefening overslaan": NEXT,
        "Terug naar de vorige oefening": PREVIOUS,
        "Doe deze oefening nog een keer": REPEAT,
        "Stop de routine": stop(),
        "Stop routine": stop(),
        "Stop met de training": stop(),
        "Stop met het rekken": stop(STRETCH),
        "Beëindig mijn coretraining": stop(CORE),
        "Stop Sams coretraining": stop(CORE, "Sam"),
        "Hou op met de oefeningen": stop(),
        "Ik heb mijn core workout gedaan": log(CORE),
        "Ik heb mijn rekoefeningen afgerond": log(STRETCH),
        "Ik heb me net opgewarmd": log(WARM_UP),
        "Ik ben klaar met mijn coretraining": log(CORE),
        "Mijn warming-up is klaar": log(WARM_UP),
        "Ik ben uitgelopen": ParsedCommand(command=VoiceCommand.LOG_SESSION, habit=COOL_DOWN),
        "Sam heeft de foamroller gebruikt": log(FOAM_ROLL, "Sam"),
        "Hoeveel kilometers hebben mijn schoenen gelopen": SHOES,
        "Hoeveel kilometers staan er op mijn hardloopschoenen": SHOES,
        "Hoeveel kilometers zitten er op mijn schoenen": SHOES,
        "Zijn mijn schoenen versleten": SHOES,
        "Heeft Sam nieuwe hardloopschoenen nodig": ParsedCommand(command=VoiceCommand.SHOES, runner="Sam"),
        "Wanneer heb ik me voor het laatst opgewarmd": last(WARM_UP),
        "Wanneer heb ik voor het laatst mijn coretraining gedaan": last(CORE),
        "Wanneer was de laatste keer dat ik gestretcht heb": last(STRETCH),
        "Wanneer was mijn laatste warming-up": last(WARM_UP),
        "Wanneer heeft Sam voor het laatst gestretcht": last(STRETCH, "Sam"),
        "Mijn rug doet pijn, drie van de tien": pain(3),
        "Mijn rug doet vandaag pijn, drie op tien": pain(3),
        "Mijn onderrug doet zeer, een vier": pain(4),
        "Ik heb last van mijn rug, 3/10": pain(3),
        "Ik heb weer rugpijn": pain(),
        "Sams rug doet pijn, zes van de tien": pain(6, "Sam"),
        "Ik heb geen rugpijn": pain(0),
        "Wat moet ik vandaag nog doen": TODAY,
        "Wat is er vandaag nog over": TODAY,
        "Welke oefeningen moet ik vandaag nog doen": TODAY,
        "Wat moet Sam vandaag nog doen": ParsedCommand(command=VoiceCommand.TODAY, runner="Sam"),
        "Deze week rust ik": rest(A_WEEK),
        "Ik rust uit": rest(),
        "Ik neem deze week rust": rest(A_WEEK),
        "Vandaag train ik niet": rest(A_DAY),
        "Vandaag is een rustdag": rest(A_DAY),
        "Ik heb griep": rest(),
        "Sam is verkouden": rest(runner="Sam"),
        "Ik ben niet meer ziek": TRAIN,
        "Ik loop weer": TRAIN,
    },
    "es": {
        "Empieza con los estiramientos": start(STRETCH),
        "Empieza Fuerza del tronco": start(CORE),
        "¿Puedes empezar los estiramientos?": start(STRETCH),
        "Por favor, inicia mi entrenamiento de core": start(CORE),
        "Quiero hacer el calentamiento": start(WARM_UP),
        "Vamos a empezar con la vuelta a la calma": start(COOL_DOWN),
        "Empieza la rutina corta de estiramientos": start(STRETCH, SHORT),
        "Inicia una sesión completa de core": start(CORE, FULL),
        "Empieza un entrenamiento de core completo": start(CORE, FULL),
        "Empieza la versión corta de mi entrenamiento de core": start(CORE, SHORT),
        "Empieza los estiramientos largos de Sam": start(STRETCH, FULL, "Sam"),
        "Pausa la rutina por favor": pause(),
        "Pon la rutina en pausa": pause(),
        "Pausa rutina": pause(),
        "Pausa mi entrenamiento de core": pause(CORE),
        "Continúa con los ejercicios": RESUME,
        "Sigue con la rutina": RESUME,
        "Siguiente ejercicio por favor": NEXT,
        "Pasa al siguiente ejercicio": NEXT,
        "Omite este ejercicio": NEXT,
        "Vuelve al ejercicio anterior": PREVIOUS,
        "Este ejercicio otra vez": REPEAT,
        "Para la rutina": stop(),
        "Detén el entrenamiento": stop(),
        "Termina los estiramientos": stop(STRETCH),
        "Cancela la rutina de core": stop(CORE),
        "Para el entrenamiento de Sam": stop(runner="Sam"),
        "Hice mi entrenamiento de core": log(CORE),
        "Terminé mi entrenamiento de core": log(CORE),
        "Hice los estiramientos": log(STRETCH),
        "Ya calenté": log(WARM_UP),
        "Estiré": log(STRETCH),
        "Usé el rodillo": log(FOAM_ROLL),
        "Me he estirado": log(STRETCH),
        "Acabo de estirar": log(STRETCH),
        "Ya he terminado mi sesión de core": log(CORE),
        "Sam hizo su calentamiento": log(WARM_UP, "Sam"),
        "Sam calentó": log(WARM_UP, "Sam"),
        "Sam entrenó el core": log(CORE, "Sam"),
        "Apunta un masaje": log(MASSAGE),
        "Cuántos kilómetros llevan mis zapatillas de correr": SHOES,
        "Cuántas millas tienen mis zapatillas": SHOES,
        "Cuántos kilómetros llevan las zapatillas de Sam": ParsedCommand(command=VoiceCommand.SHOES, runner="Sam"),
        "Necesito unas zapatillas nuevas": SHOES,
        "La última vez que calenté": last(WARM_UP),
        "Cuándo fue la última vez que calenté": last(WARM_UP),
        "Cuándo calenté por última vez": last(WARM_UP),
        "¿Cuándo hice el entrenamiento de core por última vez?": last(CORE),
        "¿Cuándo fue mi última sesión de core?": last(CORE),
        "¿Cuándo fue la última vez que Sam estiró?": last(STRETCH, "Sam"),
        "¿Cuánto hace que no hago estiramientos?": last(STRETCH),
        "Me duele la espalda, tres de diez": pain(3),
        "Hoy me duele la espalda, 3/10": pain(3),
        "Me duele un poco la zona lumbar": pain(),
        "Tengo dolor de espalda, un cuatro sobre diez": pain(4),
        "A Sam le duele la espalda, seis de diez": pain(6, "Sam"),
        "Ya no me duele la espalda": pain(0),
        "Qué me queda hoy": TODAY,
        "¿Qué me queda por hacer hoy?": TODAY,
        "¿Qué me falta para hoy?": TODAY,
        "¿Qué tengo que hacer todavía hoy?": TODAY,
        "¿Qué le queda a Sam hoy?": ParsedCommand(command=VoiceCommand.TODAY, runner="Sam"),
        "Estoy descansando": rest(),
        "Estoy de descanso esta semana": rest(A_WEEK),
        "Esta semana descanso": rest(A_WEEK),
        "Hoy no entreno": rest(A_DAY),
        "Hoy es día de descanso": rest(A_DAY),
        "Tengo gripe": rest(),
        "Sam está resfriado": rest(runner="Sam"),
        "Ya no estoy enferma": TRAIN,
        "He vuelto a entrenar": TRAIN,
    },
}
AT_ITS_MOMENT: dict[str, dict[VoiceCommand, list[str]]] = {
    "en": {
        VoiceCommand.AGREE: [
            "Go ahead",
            "Start",
            "Yes please",
            "Sure, let's go",
            "I'm ready",
            "Sounds good",
            "Let's do it",
        ],
        VoiceCommand.DONE: [
            "I've done it",
            "I've already done that",
            "Already done",
            "I'm finished",
            "It's done",
            "Did it",
        ],
        VoiceCommand.LATER: ["Not yet", "Snooze", "Not right now", "Remind me in ten minutes", "Ask me again later"],
        VoiceCommand.DECLINE: ["No thank you", "Skip that", "Not this time", "Nope", "I'd rather not"],
        VoiceCommand.PAUSE_ROUTINE: ["Wait a moment", "Hold on", "Pause please"],
        VoiceCommand.RESUME_ROUTINE: ["Carry on", "Keep going"],
        VoiceCommand.NEXT_STEP: ["Next one please", "Skip this one"],
        VoiceCommand.PREVIOUS_STEP: ["Go back one step"],
        VoiceCommand.REPEAT_STEP: ["Once more", "Say that again please"],
        VoiceCommand.STOP_ROUTINE: ["That's enough for today"],
        VoiceCommand.EXPLAIN_STEP: ["How does it go", "How do I do this", "Explain that again please"],
    },
    "de": {
        VoiceCommand.AGREE: [
            "Ja gerne",
            "Los geht's",
            "Fang an",
            "Starte",
            "Na klar",
            "Ich bin bereit",
            "Ja, mach ich",
        ],
        VoiceCommand.DONE: ["Hab ich schon", "Das habe ich schon gemacht", "Schon erledigt", "Ich bin schon fertig"],
        VoiceCommand.LATER: ["Noch nicht", "Schlummern", "Jetzt nicht", "Frag mich später noch mal", "In zehn Minuten"],
        VoiceCommand.DECLINE: ["Auslassen", "Überspringen", "Nein danke", "Heute nicht", "Keine Lust"],
        VoiceCommand.PAUSE_ROUTINE: ["Warte kurz", "Pause bitte"],
        VoiceCommand.RESUME_ROUTINE: ["Weiter geht's", "Mach weiter"],
        VoiceCommand.NEXT_STEP: ["Die nächste bitte"],
        VoiceCommand.PREVIOUS_STEP: ["Zurück bitte"],
        VoiceCommand.REPEAT_STEP: ["Noch mal bitte", "Wie bitte"],
        VoiceCommand.STOP_ROUTINE: ["Das reicht für heute", "Schluss"],
        VoiceCommand.EXPLAIN_STEP: ["Wie geht das", "Erkläre die Übung bitte", "Wie mache ich das"],
    },
    "fr": {
        VoiceCommand.AGREE: [
            "Vas-y",
            "Volontiers",
            "Oui, avec plaisir",
            "On y va",
            "Commence",
            "Bien sûr",
            "Je suis prête",
        ],
        VoiceCommand.DONE: ["Déjà fait", "Je l'ai déjà fait", "C'est fait", "J'ai fini", "Ça y est"],
        VoiceCommand.LATER: [
            "Pas encore",
            "Plus tard",
            "Rappelle-moi plus tard",
            "Dans dix minutes",
            "Pas tout de suite",
        ],
        VoiceCommand.DECLINE: ["Non merci", "Passe", "Pas cette fois", "Je n'ai pas envie", "Saute ça"],
        VoiceCommand.PAUSE_ROUTINE: ["Fais une pause", "Attends une minute"],
        VoiceCommand.RESUME_ROUTINE: ["On reprend", "Continue s'il te plaît"],
        VoiceCommand.NEXT_STEP: ["Étape suivante", "La suite"],
        VoiceCommand.PREVIOUS_STEP: ["Le précédent", "Reviens en arrière"],
        VoiceCommand.REPEAT_STEP: ["Encore une fois", "Peux-tu répéter"],
        VoiceCommand.STOP_ROUTINE: ["Ça suffit pour aujourd'hui"],
        VoiceCommand.EXPLAIN_STEP: ["Comment on fait", "Comment faire cet exercice", "Explique encore"],
    },
    "nl": {
        VoiceCommand.AGREE: [
            "Ja graag",
            "Ga je gang",
            "Start maar",
            "Begin",
            "Natuurlijk",
            "Laten we beginnen",
            "Is goed",
        ],
        VoiceCommand.DONE: ["Heb ik al gedaan", "Ik heb het al gedaan", "Al klaar", "Dat heb ik al"],
        VoiceCommand.LATER: ["Nog niet", "Snooze", "Straks", "Over tien minuten", "Vraag het me later nog een keer"],
        VoiceCommand.DECLINE: ["Overslaan", "Nee dank je", "Sla over", "Deze keer niet", "Geen zin"],
        VoiceCommand.PAUSE_ROUTINE: ["Wacht even", "Pauze alsjeblieft"],
        VoiceCommand.RESUME_ROUTINE: ["Ga maar verder", "Doorgaan"],
        VoiceCommand.NEXT_STEP: ["De volgende graag"],
        VoiceCommand.PREVIOUS_STEP: ["De vorige"],
        VoiceCommand.REPEAT_STEP: ["Nog een keer alsjeblieft", "Zeg dat nog eens"],
        VoiceCommand.STOP_ROUTINE: ["Dat is genoeg voor vandaag"],
        VoiceCommand.EXPLAIN_STEP: ["Hoe gaat dit", "Hoe doe ik deze oefening", "Leg uit"],
    },
    "es": {
        VoiceCommand.AGREE: [
            "Adelante",
            "Empieza",
            "Sí, vamos",
            "Claro que sí",
            "Venga",
            "Estoy lista",
            "Sí por favor",
        ],
        VoiceCommand.DONE: ["Listo", "Ya lo hice", "Ya lo he hecho", "Ya está", "Hecho", "Ya terminé"],
        VoiceCommand.LATER: ["Todavía no", "Aún no", "Posponer", "Más tarde", "En diez minutos", "Ahora mismo no"],
        VoiceCommand.DECLINE: ["Saltar", "Omitir", "No gracias", "Hoy no", "Esta vez no", "No me apetece"],
        VoiceCommand.PAUSE_ROUTINE: ["Espera un momento", "Pausa por favor"],
        VoiceCommand.RESUME_ROUTINE: ["Sigamos", "Continúa por favor"],
        VoiceCommand.NEXT_STEP: ["El siguiente", "Siguiente paso"],
        VoiceCommand.PREVIOUS_STEP: ["El anterior", "Atrás"],
        VoiceCommand.REPEAT_STEP: ["Otra vez por favor", "Una vez más"],
        VoiceCommand.STOP_ROUTINE: ["Basta por hoy"],
        VoiceCommand.EXPLAIN_STEP: ["Cómo se hace", "Explícame este ejercicio", "Cómo se hace esto"],
    },
}
ANSWERS = {VoiceCommand.AGREE, VoiceCommand.DONE, VoiceCommand.LATER, VoiceCommand.DECLINE}
SCORES: dict[str, dict[str, int]] = {
    "en": {"Three": 3, "3": 3, "3/10": 3, "About a four out of ten": 4, "It's a 2": 2, "No pain at all": 0},
    "de": {"Drei": 3, "3": 3, "3/10": 3, "Etwa eine Vier": 4, "Zwei von zehn": 2, "Schmerzfrei": 0},
    "fr": {"Trois": 3, "3": 3, "3/10": 3, "Disons quatre": 4, "Deux sur dix": 2, "Je n'ai pas mal": 0},
    "nl": {"Drie": 3, "3": 3, "3/10": 3, "Ongeveer een vier": 4, "Twee van de tien": 2, "Geen pijn": 0},
    "es": {"Tres": 3, "3": 3, "3/10": 3, "Un cuatro": 4, "Dos sobre diez": 2, "No me duele": 0},
}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [(language, text, expected) for language, table in AT_ANY_TIME.items() for text, expected in table.items()],
)
def test_sentence_of_any_context(language: str, text: str, expected: ParsedCommand) -> None:
    assert SENTENCES[language].understood(text) == expected
    assert matches(language, SentenceContext.ALWAYS, text)


@pytest.mark.parametrize(
    ("language", "command", "text"),
    [
        (language, command, text)
        for language, table in AT_ITS_MOMENT.items()
        for command, texts in table.items()
        for text in texts
    ],
)
def test_sentence_of_one_context(language: str, command: VoiceCommand, text: str) -> None:
    moment = SentenceContext.WHILE_ASKED if command in ANSWERS else SentenceContext.WHILE_GUIDED
    parsed = SENTENCES[language].understood(text)
    assert parsed is not None
    assert replace(parsed, minutes=None) == ParsedCommand(command=command)
    assert matches(language, moment, text)
    assert not matches(language, SentenceContext.ALWAYS, text)


@pytest.mark.parametrize(
    ("language", "text", "score"),
    [(language, text, score) for language, table in SCORES.items() for text, score in table.items()],
)
def test_requested_score(language: str, text: str, score: int) -> None:
    assert SENTENCES[language].understood(text) == ParsedCommand(command=VoiceCommand.CHECK_IN, score=score)
    assert matches(language, SentenceContext.WHILE_CHECKED_IN, text)


@pytest.mark.parametrize(
    ("language", "text", "minutes", "habit"),
    [
        ("en", "Start ten minutes of core", 10, CORE),
        ("en", "Begin a 20 minute stretching session", 20, STRETCH),
        ("de", "Starte zehn Minuten Rumpftraining", 10, CORE),
        ("fr", "Lance vingt minutes d'étirements", 20, STRETCH),
        ("nl", "Start tien minuten coretraining", 10, CORE),
        ("es", "Empieza diez minutos de core", 10, CORE),
    ],
)
def test_minutes_of_routine(language: str, text: str, minutes: int, habit: Habit) -> None:
    expected = ParsedCommand(command=VoiceCommand.START_ROUTINE, habit=habit, minutes=minutes)
    assert SENTENCES[language].understood(text) == expected
    assert matches(language, SentenceContext.ALWAYS, text)


EFFORTS: dict[str, dict[str, Effort]] = {
    "en": {"Easy": Effort.EASY, "That was hard": Effort.HARD, "It felt just right": Effort.RIGHT},
    "de": {"Leicht": Effort.EASY, "Das war schwer": Effort.HARD, "Es war genau richtig": Effort.RIGHT},
    "fr": {"Facile": Effort.EASY, "C'était difficile": Effort.HARD, "Juste": Effort.RIGHT},
    "nl": {"Makkelijk": Effort.EASY, "Het was zwaar": Effort.HARD, "Precies goed": Effort.RIGHT},
    "es": {"Fácil": Effort.EASY, "Fue difícil": Effort.HARD, "Ha sido justo": Effort.RIGHT},
}


@pytest.mark.parametrize(
    ("language", "text", "effort"),
    [(language, text, effort) for language, table in EFFORTS.items() for text, effort in table.items()],
)
def test_effort_of_routine(language: str, text: str, effort: Effort) -> None:
    assert SENTENCES[language].understood(text) == ParsedCommand(command=VoiceCommand.RATE_ROUTINE, effort=effort)
    assert matches(language, SentenceContext.WHILE_RATED, text)
    assert not matches(language, SentenceContext.ALWAYS, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "Stoppe Dehnen"), ("en", "Stop stretching"), ("fr", "Arrête étirements"), ("nl", "Stop met rekken")],
)
def test_bare_name_of_routine_needs_context(language: str, text: str) -> None:
    assert SENTENCES[language].understood(text) == stop(STRETCH)
    assert matches(language, SentenceContext.WHILE_GUIDED, text)
    assert not matches(language, SentenceContext.ALWAYS, text)


@pytest.mark.parametrize("text", ["warm-up", "warm up", "warmup"])
def test_hyphen_equals_space(text: str) -> None:
    expected = f"Start my {text} for Anna Lena"
    sentences = Sentences(DATA["en"], ["Anna-Lena"])
    assert sentences.understood(expected) == start(WARM_UP, runner="Anna-Lena")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Start Sam's core",
            ParsedCommand(command=VoiceCommand.START_ROUTINE, routine="Core", habit=CORE, runner="Sam"),
        ),
        ("Start the core", ParsedCommand(command=VoiceCommand.START_ROUTINE, routine="Core", habit=CORE)),
        (
            "Start Sam's core session",
            ParsedCommand(command=VoiceCommand.START_ROUTINE, routine="Core", habit=CORE, runner="Sam"),
        ),
        ("Start core workout", ParsedCommand(command=VoiceCommand.START_ROUTINE, routine="Core workout", habit=CORE)),
        ("Start my evening yoga", ParsedCommand(command=VoiceCommand.START_ROUTINE, routine="Evening yoga")),
        ("Start my short core workout", start(CORE, SHORT)),
    ],
)
def test_own_routine_may_be_named_like_habit(text: str, expected: ParsedCommand) -> None:
    assert Sentences(DATA["en"], NAMES, ["Core workout", "Core", "Evening yoga"]).understood(text) == expected
