"""The words of the program as data: sentences, phrases, headings."""

from mentorlog.model import frozen

ROLES = {"mentor": "the mentor", "mentee": "the mentee", "peer": "a peer"}

# What each reason says. {side} is whose ("your", "Ana's"), {by} who ("you", "Ana").
SENTENCES: dict[str, str] = {
    "first_session": "No meeting yet. It {began} on {started}; a first one by {due} keeps it"
    " alive.",
    "after_session": "The interval is {cadence}, {source}. You last met on {base}.",
    "after_touch": "The interval is {cadence}, {source}. You were last in touch on {base}.",
    "after_move": "The interval is {cadence}, {source}. Counted from the move on {base}.",
    "begun_since": "This phase, or this interval, began on {on}, so nothing is late from before.",
    "one_sided": "{By} alone wished on {on} to meet {every}; that agreement is still open."
    " {answer_text}: mentorlog agree {name_quoted} --every {every_short} --by both",
    "after_miss": "The meeting on {on} did not take place, so a new try soon.",
    "called_off": "Today's was called off.",
    "after_pause": "The pause ended on {until}; the first date after it is {due}.",
    "after_rest": "It was closed until {until}; the first date after that is {due}.",
    "resumes": "The first date after it is {due}.",
    "open_pause": "You pause from {from} on, until you resume it.",
    "before_pause": "You pause from {from} to {until}; the first date after it is {due}.",
    "gap": "A gap of {span}.",
    "lived": "You meet about every {mean} days. If that suits you both, make it the interval:"
    " mentorlog agree {name_quoted} --every {lived}",
    "booked": "A meeting is booked for {on}{at_text} (s{id}).",
    "unanswered": "Did you meet {name} on {on}?"
    "\n  It took place: mentorlog add-session {name_quoted} --on {on_iso}"
    "\n  It did not:    mentorlog add-session {name_quoted} --on {on_iso} --status no-show"
    "\n  It was moved:  mentorlog book {name_quoted} DAY --move s{id}",
    "day_off": "{day} is {off_text}, so {to_text}.",
    "day_full": "{day} has {meetings} already (your limit is {limit}), so {to_text}.",
    "week_full": "The week of {day} has {meetings} already (your limit is {limit}), so {to_text}.",
    "booked_off": "Mind: {day} is {off_text}.",
    "booked_full": "Mind: {day} has {meetings} booked now, and your limit is {limit}.",
    "booked_week": "Mind: the week of {day} has {meetings} meetings now, and your limit is"
    " {limit}.",
    "booked_overlap": "Mind: you meet {other} then, at {at} (s{id}).",
    "no_room": "{days_text}.",
    "no_common_day": "No day of the week suits you both; see [me] and [with.{name}]:"
    " mentorlog config",
    "shortage": "The rhythms ask for {asked} meetings a week, and {possible} fit your days and"
    " limits: longer intervals for some, or a higher limit, would make them fit.",
    "paused": "Paused since {from}{until_text}. Nothing is due and nothing is late.{resume_text}",
    "closed": "Closed on {on} ({ending}). To take it up again: mentorlog reopen {name_quoted}",
    "trust_broken": "{Side} trust was {level} of 5 on {on}. Trust comes before any other"
    " subject: {help_text}, and agree again on what stays between you.",
    "breach": "A confidence was broken ({on}). Name it first, and renew the agreement on"
    " confidentiality: mentorlog agree {name_quoted} --terms TEXT",
    "long_gap": "A gap of {span}{ended_text}. Revisit trust and the agreement before the work goes"
    " on; it will go faster than the first time.",
    "end_is_near": "{end_said}. {end_text}",
    "before_end": "{end_said}.",
    "one_done": "{By} {say} that it is done. Talk about it ahead, and make the next meeting a good"
    " last one, or find what is left to do.",
    "both_done": "Both of you say that it is done. Look back on the goals, say what each has"
    " gained, and thank each other.",
    "never_met": "{span} since the start and no meeting yet. Ask, without reproach, what"
    " keeps you from meeting.",
    "misses_in_a_row": "The last {missed} meetings were missed. Reliability: {held} of {planned}"
    " took place. {missed_text}, and ask if the rhythm still fits.",
    "misses_of_four": "{missed} of the last four meetings were missed. Reliability: {held} of"
    " {planned} took place. {missed_text}, and ask if the rhythm still fits.",
    "called_off_again": "The last {missed} meetings were called off. {missed_text}, and ask which"
    " rhythm both can keep.",
    "unreliable": "Reliability: {held} of {planned} meetings took place. Talk about a rhythm"
    " that both can keep.",
    "trust_fell": "{Side} trust went from {before} to {level} of 5. {changed_text}",
    "low_energy": "Energy was low the last two times you noted it ({energies} of 5). Talk about"
    " what these meetings should be for.{settled_text}",
    "drift": "You plan {cadence}, you meet about every {mean} days ({gaps}). That is not a"
    " reason to slow down; agree on one interval that both can keep:"
    " mentorlog agree {name_quoted} --every CADENCE",
    "stall": "{span} in this step, where {needed} days are usual, and nothing was noted of a"
    " goal for long. Choose one together, make it smaller, or note it: mentorlog goal ID"
    " --state moving",
    "trust_not_built": "{span} in this phase, and {side} trust is {level} of 5. Say so"
    " kindly, agree on what this is for, and leave both sides a way out without fault.",
    "terms_stale": "{rest_text} {span}. Agree the terms and the interval again:"
    " mentorlog agree {name_quoted} --every CADENCE --terms TEXT",
    "urgent_goal": "An urgent goal came up ({goal}). Meeting more often for a while is a good"
    " sign.",
    "urgent_open": "An urgent goal is open ({goal}). Meet as often as it needs.",
    "actions_slipping": "Kept: {kept} of the {due} promises that fell due. Shorter steps and"
    " smaller promises may help.",
    "someone_asks": "{By} {ask} to work together again (since {on}).",
    "new_goal": "There is a new goal ({goal}). That is a good reason to meet more often again.",
    "unplanned_contacts": "{contacts} unplanned contacts within {days} days: you are at work"
    " again already; make it an agreement.",
    "trust_first": "You last met on {since}, so one meeting for trust and the agreement comes"
    " first.",
    "afresh": "After the long gap (from {since}) trust and the agreement are asked for anew.",
    "contacts_missed": "{missed} dates have passed without a meeting since {last}. Let it rest, or"
    " say goodbye well; both are fine.",
    "cadence_unanswered": "{By} alone wished on {on} to meet {every}; it wants an agreement of"
    " both: mentorlog agree {name_quoted} --every {every_short} --by both",
    "gone_quiet": "No meeting for {span}. Ask if you both want to go on; if not, let it rest,"
    " no fault of anyone: mentorlog close {name_quoted} --as dormant",
    "need_not_wait": "That need not wait until {until}: mentorlog book {name_quoted} DAY",
    "declined": 'You said "not yet" on {on}; the same advice rests until {until}.',
    "not_yet": "Not everything that the next step needs is there yet.",
    "no_meeting_yet": "No meeting in this step yet, so there is nothing to judge.",
    "in_time": "Nothing speaks against the next step; time will show if promises are kept.",
    "just_back": "All that the next step needs is there, and the pause is just over: meet once,"
    " then look.",
    "unknown": "Nothing that is known speaks against the next step.",
    "as_agreed": "Silence until then is what was agreed, and no sign of trouble.",
    "as_it_is": "No reason to change the phase. When you speak, ask if the interval still fits.",
    "meet_first": "All that the next step needs is there, but the rhythm has stopped: meet again,"
    " then look.",
    "consent_open": "All that can be seen is there. What is left is for the two of you: are both"
    " ready, and how often will you meet then?",
    "just_moved": "You moved on {on}; give it a few meetings before you look again.",
    "all_met": "Everything that the next step needs is there. The two of you decide.",
}
GAP_IS_FINE = " That happens; two warm lines are enough to take it up again."
RESUME = " To take it up again: mentorlog resume {name}"
# Of one's own trust, misses or wish, and of those of the other side.
MINE = {
    "changed_text": "Say what changed for you.",
    "help_text": "say what would help",
    "missed_text": "They were yours: say a word about it",
    "answer_text": "Ask, and record it",
}
THEIRS = {
    "changed_text": "Ask what changed.",
    "help_text": "ask what would help",
    "missed_text": "Ask kindly if all is well",
    "answer_text": "If it suits you too",
}
SETTLED_TEXT = " Every goal is reached or dropped: choose a new one, or end it well."
ENDS = "Announce it a meeting ahead, so that it can end well."
HAS_ENDED = "Say goodbye well, or agree on a new end: mentorlog agree {name} --until DAY"
# Where there is no date: the first of these reasons that is there says why.
NO_DATES = {"paused": "paused", "closed": "closed"}
NO_DATES |= {"before_end": "none before the end", "open_pause": "a pause comes first"}
NO_DATE = "no day was found"
NO_DAY = "no day was found within 90 days"


@frozen
class Phrase:
    """How a condition is said: its name, with its value, and the commands that change it.

    ``record`` supplies what is not known, ``change`` what is known and not there yet.
    """

    name: str
    said: str
    record: str = ""
    change: str = ""


# What is noted with a meeting: its field, and after which day of the state it counts.
NOTED = {
    "energy": ("energy", "phase_after"),
    "opened_up": ("opened_up", "step_after"),
    "mentee_agendas": ("agenda", "step_after"),
}

_MET, _GOAL = 'add-session {name} "NOTES"', "add-goal {name} TEXT"
_READY = "agree {name} --ready-for maintenance --by both"
# A value of the last meeting is put into that meeting: to record another would invent one.
CONDITIONS: dict[str, Phrase] = {
    "held_in_step": Phrase("meetings in this step", "{value} held ({needed} needed)", _MET, _MET),
    "days_in_step": Phrase("days in this step", "{value} days in this step ({needed} needed)"),
    "reliability": Phrase("reliability", "{value} % of meetings took place ({needed} % needed)"),
    "my_trust": Phrase("your trust", "your trust {value} ({needed} needed)", "{last} --trust 1-5"),
    "their_trust": Phrase(
        "{name_}'s trust", "{name_}'s trust {value} ({needed} needed)", "{last} --their-trust 1-5"
    ),
    "terms_agreed": Phrase("agreement on terms", "terms agreed", "agree {name} --terms TEXT"),
    "goal_named": Phrase("a goal", "a goal named", _GOAL),
    "opened_up": Phrase(
        "whether someone opened up", "someone opened up", "{last} --opened-up WHO"
    ),
    "actions_kept": Phrase(
        "whether promises are kept (needs {least} due)",
        "{value} % of due promises kept ({needed} % needed)",
        "add-action {name} TEXT --owner them --due DAY",
        "done ID",
    ),
    "goal_moving": Phrase(
        "a goal that moves", "a goal moving or reached", _GOAL, "goal ID --state moving"
    ),
    "goal_well_under_way": Phrase(
        "a goal well under way", "a goal reached or well under way",
        _GOAL, "goal ID --state moving",
    ),
    "goals_settled": Phrase(
        "how many goals are reached", "{value} % of goals reached or dropped ({needed} % needed)",
        _GOAL, "goal ID --state reached",
    ),
    "energy": Phrase("energy", "energy {value} ({needed} needed)", "{last} --energy 1-5"),
    "mentee_agendas": Phrase(
        "who set the agenda",
        "the mentee set the agenda in {value} of the last 3 ({needed} needed)",
        "{last} --agenda WHO",
    ),
    "my_old_actions": Phrase(
        "your old promises", "{value} of your promises open over 30 days (at most {needed})",
        "", "done ID",
    ),
    "both_ready": Phrase("both ready to move on", "both ready to move on", _READY, _READY),
    "next_cadence_agreed": Phrase(
        "the interval of the next phase", "the interval of the next phase agreed",
        "agree {name} --ready-for maintenance --every 6m --by both",
    ),
    "members_met": Phrase("a meeting with each member", "every member has met you", _MET, _MET),
    "both_done": Phrase(
        "both say it is done", "both say it is done", "agree {name} --ready-for close --by both"
    ),
}  # fmt: skip

# Reasons on one subject are one thing to a person; the first of them is said.
SUBJECTS = {
    "misses_in_a_row": "misses", "misses_of_four": "misses", "unreliable": "misses",
    "called_off_again": "misses",
    "trust_broken": "trust", "trust_fell": "trust", "trust_not_built": "trust", "breach": "trust",
    "gone_quiet": "gap", "long_gap": "gap", "gap": "gap",
    "one_sided": "wish", "cadence_unanswered": "wish",
    "first_session": "start", "never_met": "start", "before_end": "end", "end_is_near": "end",
}  # fmt: skip
MOST_REASONS = 2

HEADINGS = {
    "stay": "Stay in {phase}.",
    "advance": "It may be time to move on: {target}.",
    "back": "It may be time to go back: {target}.",
    "talk": "Talk first.",
    "ask": "Ask{unknown}.",
    "paused": "Paused.",
    "close": "It may be time to end it well.",
}

# The advice of a list, where it is not its own name.
SHORT = {"advance": "move on: {target}", "back": "go back: {target}", "close": "end it well"}

ENDINGS: dict[str, str] = {
    "both": "You agreed to end it by {on}",
    "me": "You wish to end it by {on}; {name} has not answered",
    "them": "{name} wishes to end it by {on}; you have not answered",
}

SOURCES: dict[str, str] = {
    "both": "an agreement of both on {on}",
    "me": "your wish of {on}; {name} has not answered, so the agreement is open",
    "them": "the wish of {name} of {on}; you have not answered, so the agreement is open",
    "step": "the usual one here, as none was agreed",
}
