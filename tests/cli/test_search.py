"""Finding words: any characters, phrases, one name; the index follows every change."""

import pytest

STORY = """
add-relationship "Ana Lopez" --started 2026-09-01
add-relationship "Ana Lima" --started 2026-09-01
add-relationship Ben --started 2026-09-01
add-session "Ana Lopez" "We paired on the parser. A café after; she likes C++ and goal-setting." --on 2026-11-02
add-session Ben "parser parser parser, and again the parser" --on 2026-11-03 --title "All on one thing"
add-session Ben "Nothing on that, but he said \\"don't\\" AND left; NEAR the end, a 100% *star* ^up (see)" --on 2026-11-04
add-session "Ana Lima" "the secret of the Zürich office" --on 2026-11-05 --private
add-session Ben "one long day: code was read, and there was no review at all" --on 2026-11-06
add-goal Ben "lead the code review" --on 2026-11-06
add-action Ben "write about Ærø" --owner them --on 2026-11-06
add-outcome Ben "learned to ask" --for me --on 2026-11-06
"""  # noqa: E501


@pytest.fixture
def told(journal):
    """A journal with something to find."""
    return journal.told(*STORY.strip().splitlines())


def found(journal, words):
    """The ids that a search gives, best first."""
    return [item["id"] for item in journal.items(f"search {words}")]


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("parser", ["s2", "s1"]),
        ("PARSER cafe", ["s1"]),  # case and accents folded; all words are needed
        ("café", ["s1"]),
        ("zurich", ["s4"]),  # a private note is found at home
        ("C++", ["s1"]),
        ("goal-setting", ["s1"]),
        ("setting-goal", []),
        ("AND", ["s3", "s1", "s5", "s2"]),
        ("NEAR", ["s3"]),
        ("'*star*'", ["s3"]),
        ("'star*'", ["s3"]),
        ("'sta*'", ["s3"]),
        ("'^up'", ["s3"]),
        ("'(see)'", ["s3"]),
        ("'100%'", ["s3"]),
        ('"don\'t"', ["s3"]),
        ("'\"code review\"'", ["g1"]),  # a phrase
        ("'code review'", ["g1"]),  # quoted for the shell only
        ("code review", ["g1", "s5"]),  # two words
        ("'\"code rev'", ["g1", "s5"]),  # an unbalanced quote is no syntax error
        ("'\"parser'", ["s2", "s1"]),
        ("'par\"ser'", []),
        ("'notes:parser'", []),  # no column filter
        ("parser name:ben", ["s2"]),
        ("parser name:BEN", ["s2"]),
        ("paired 'name:ana lo'", ["s1"]),
        ("paired 'name:\"Ana Lopez\"'", ["s1"]),
        ("'paired name:\"ana lopez\"'", ["s1"]),
        ("paired name:ben", []),
        ("ærø", ["a1"]),
        ("ask", ["o1"]),
        ("thing", ["s2"]),  # in a title
        ("zebra", []),
        ("'OR'", []),
        ("'a OR b'", []),
    ],
)
def test_any_characters_are_plain_words(told, words, ids):
    """What is typed is looked for as it is, whatever it would mean to the database."""
    assert sorted(found(told, words)) == sorted(ids)


def test_the_best_match_comes_first(told):
    """What says it most often, in the fewest words, stands above."""
    assert found(told, "parser") == ["s2", "s1"]


@pytest.mark.parametrize("words", ["'***'", "'\"\"'", "'\"'", "name:ben", "' - '"])
def test_what_holds_no_word_is_refused(told, words):
    """Signs alone, or a name alone, are no words: say so."""
    told.fails(f"search {words}", code=2, says="no word to search for")


def test_a_hit_is_shown_with_its_words_marked(told):
    """Each hit is one line: id, day, who, and the words around, the hit in brackets."""
    assert told.ok("search cafe") == (
        "s1  Mon 2 Nov 2026  Ana Lopez  ...A [café] after; she likes C++ and goal-setting.\n"
    )
    (hit,) = told.items("search zurich")
    assert (hit["relationship"], hit["on"]) == ("Ana Lima", "2026-11-05")
    assert hit["snippet"] == "the secret of the [Zürich] office"


def test_nothing_found_prints_nothing(told, fails):
    """No hit is no line and no error; a name that is unknown or unclear is an error."""
    assert told.ok("search zebra") == ""
    assert told.items("search zebra") == []
    told.fails("search parser name:ana", code=4, says="Ana Lima, Ana Lopez")
    told.fails("search parser name:zoe", code=3, says="zoe")


def test_the_index_follows_every_change(told):
    """After an edit, a delete, an undo and a redo, what is found is what is there."""
    told.ok("edit s1 --notes walrus")
    assert (found(told, "paired"), found(told, "walrus")) == ([], ["s1"])
    told.ok("undo")
    assert (found(told, "paired"), found(told, "walrus")) == (["s1"], [])
    told.ok("redo")
    assert (found(told, "paired"), found(told, "walrus")) == ([], ["s1"])
    told.ok("delete s1")
    assert found(told, "walrus") == []
    told.ok("undo")
    assert found(told, "walrus") == ["s1"]
    told.ok("edit g1 --text walrus")
    told.ok("delete a1")
    assert (sorted(found(told, "walrus")), found(told, "ærø")) == (["g1", "s1"], [])
    told.ok("undo 2")
    assert (sorted(found(told, "review")), found(told, "ærø")) == (["g1", "s5"], ["a1"])


def test_what_was_recorded_later_is_not_found_on_an_earlier_day(told):
    """As on an earlier day, only what had happened then is found."""
    told.today = "2026-11-02"
    assert found(told, "parser") == ["s1"]


def test_a_search_that_finds_more_says_so(journal):
    """On the other stream, so that what is found stays one record a line."""
    journal.ok("add-relationship Ana --started 2026-01-01")
    for day in range(1, 4):
        journal.ok(f"add-session ana parser --on 2026-11-0{day}")
    found = journal.run("search parser --limit 2")
    assert len(found.stdout.splitlines()) == 2
    assert found.stderr == "There are more than 2: --limit 10 shows more of them.\n"
    assert journal.run("search parser --limit 3").stderr == ""


def test_where_no_whole_word_fits_beginnings_are_found(journal):
    """A whole word goes first, and alone; phrases begin so with their last word."""
    journal.ok("add-relationship Ana")
    journal.ok('add-session ana "refactoring the parser, Grüße aus Köln"')
    assert "[refactoring]" in journal.ok("search refact")
    assert "[Grüße], [" not in journal.ok("search gru pars") != ""
    assert "[the parser]" in journal.ok("search '\"the par\"'")
    journal.ok('add-session ana "a refact of old"')
    assert [item["id"] for item in journal.items("search refact")] == ["s2"]
    assert journal.ok("search actoring") == ""


def test_what_has_no_spaces_around_it_is_found_too(journal):
    """Words of scripts without spaces, and what is no word; of one name, newest first."""
    journal.ok("add-relationship 李小龙")
    journal.ok("add-relationship Ana")
    journal.ok('add-session 李 "今天讨论了代码审查" --on 2026-11-02')
    journal.ok('add-session ana "代码 🙂 party" --on 2026-11-03')
    assert journal.ok("search 代码").splitlines() == [
        "s2  Tue 3 Nov 2026  Ana     [代码] 🙂 party",
        "s1  Mon 2 Nov 2026  李小龙  今天讨论了[代码]审查",
    ]
    assert [i["id"] for i in journal.items("search 代码审查")] == ["s1"]
    assert journal.ok("search 审查 讨论 name:李").endswith("今天讨论了代码[审查]\n")
    assert [i["id"] for i in journal.items("search 🙂")] == ["s2"]
    assert [i["id"] for i in journal.items("search 🙂 PARTY")] == ["s2"]
    assert journal.ok("search 🙃") == ""
    journal.ok('add-session ana "release planning, 500 EUR"')
    for words in ("“release planning”", "release —", "release…", "500€"):
        assert [i["id"] for i in journal.items(f"search {words}")] == ["s3"]
