"""Questions for the next meeting, as data, chosen by where a relationship stands.

The words are this program's own. The first that fit are asked, never one at random, so that
the same journal on the same day asks the same.
"""

from mentorlog.phase.advice import Outlook
from mentorlog.phase.cadence import Reason

# The questions that fit a sign, what is not known, and a phase. Searched in this order.
BY_REASON: dict[str, str] = {
    "trust_broken": "What would have to be said for this to be right again?",
    "breach": "What has it done to us that this got out, and what should we agree now?",
    "long_gap": "What has changed for you since we last spoke?",
    "trust_fell": "Is there something I did, or did not do, that we should name?",
    "misses_in_a_row": "Is this rhythm still one that you want to keep?",
    "misses_of_four": "Is this rhythm still one that you want to keep?",
    "unreliable": "What keeps getting in the way, and what would be easier?",
    "called_off_again": "Is this rhythm still one that you want to keep?",
    "low_energy": "What should these meetings be for, so that they are worth it?",
    "drift": "Which interval could we both keep without trying?",
    "stall": "Which goal would be left if there could be only one?",
    "trust_not_built": "What can you not yet say here, and what would help?",
    "end_is_near": "What do you take with you, and what is left to say?",
    "both_done": "What did each of us learn that we did not expect?",
    "contacts_missed": "Shall we let it rest, or is there a date for a last good talk?",
    "new_goal": "How would we know, in three months, that this goal is going well?",
    "unplanned_contacts": "Shall we make this work again, with a date to slow down?",
    "actions_slipping": "What is the smallest step that is sure to be taken?",
}
# Where it is the owner's own trust there is nobody to ask but oneself.
BY_REASON_MINE = {
    "trust_fell": "There is something I would like to name; is this a good moment?",
    "trust_not_built": "What can I not yet say here, and what would help?",
}
BY_UNKNOWN: dict[str, str] = {
    "their_trust": "How free are you to say anything here, from 1 to 5?",
    "terms_agreed": "What should stay between us?",
    "goal_named": "What should be possible by this time next year that is not possible now?",
    "goal_moving": "Which goal would it be, if we could work on only one?",
    "energy": "How alive are these meetings for you, from 1 to 5?",
    "both_ready": "What would tell us that we are ready to meet more rarely?",
    "next_cadence_agreed": "How often should we meet once this is done?",
}
BY_PHASE: dict[str, tuple[str, ...]] = {
    "trusting": (
        "What do you hope for from this, and what would make it a waste of time?",
        "What should stay between us?",
        "What was a turn in your life that few people here know of?",
    ),
    "learning": (
        "What did you try since last time, and what surprised you?",
        "Where are you stuck, and what have you ruled out?",
        "What would you do next if I were not here?",
    ),
    "maintenance": (
        "What is different in your work since we last met?",
        "Is this interval still right for both of us?",
        "What do you do now that you once brought here as a question?",
    ),
}
# What the one who is mentored asks instead: the other, or oneself on the way there.
BY_PHASE_AS_MENTEE: dict[str, tuple[str, ...]] = {
    "trusting": (
        "What would you want to know of me, to be of most use?",
        "What should stay between us?",
        "What was a turn in your life that few people here know of?",
    ),
    "learning": (
        "What have I tried since last time, and what surprised me?",
        "Where am I stuck, and what have I ruled out?",
        "What do you see in how I go about it that I do not?",
    ),
    "maintenance": (
        "What is different in my work since we last met?",
        "Is this interval still right for both of us?",
        "What do I do now that I once brought here as a question?",
    ),
}
PAUSED = ("How are you?", "Is the aim still the aim?")
ENDING = (
    "What did we reach that we could not see at the start?",
    "What has each of us learned, and who else should hear it?",
    "Do we stay in touch, and how?",
)
MOST = 3
OPENING = (
    "What would make this hour a good one for you?",
    "What has moved since last time?",
)


def questions(outlook: Outlook) -> list[str]:
    """Return the two or three questions that fit the state, most telling first."""
    state = outlook.state
    if state.closing:
        return []
    if state.pause:
        return list(PAUSED)
    found = [*filter(None, map(_of_reason, outlook.advice.reasons))]
    held = len(state.held)
    if held:  # nobody can know these things before the first meeting
        deciding = outlook.advice.move == "advance"  # else it is early to ask for consent
        unknown = [
            c.name
            for c in outlook.conditions
            if c.required and c.value is None and (deciding or not c.condition.consent)
        ]
        found += [BY_UNKNOWN[name] for name in unknown if name in BY_UNKNOWN][:1]
    banks = BY_PHASE_AS_MENTEE if state.history.relationship.role == "mentee" else BY_PHASE
    bank = banks.get(state.phase.name, OPENING)
    # Which of the phase's questions comes first turns with the meetings, not with chance.
    turn = held % len(bank)
    settled = {BY_UNKNOWN.get(c.name) for c in outlook.conditions if c.state == "met"}
    found += [question for question in (*bank[turn:], *bank[:turn]) if question not in settled]
    return list(dict.fromkeys(found))[:MOST]


def _of_reason(reason: Reason) -> str | None:
    mine = BY_REASON_MINE.get(reason.why) if reason.facts.get("side") == "me" else None
    return mine or BY_REASON.get(reason.why)
