"""Which person a sheet means."""

from spm.intake.staffing.directory import Directory, folded


def people() -> Directory:
    directory = Directory()
    directory.know("E1", "Ana Ruiz", ("ana@x.com",))
    directory.know("Bo Li", "Bo Li")
    return directory


def test_names_are_compared_without_case_accents_and_outer_punctuation() -> None:
    assert folded("  José   SARAIVA, ") == "jose saraiva"
    assert folded("Øystein Łoś") == folded("Oystein Los")
    assert folded("Sean O’Brien") == folded("Sean O'Brien")


def test_people_of_any_script_are_somebody_each() -> None:
    names = ["Иван Петров", "Анна Смирнова", "Άννα Παππά", "Νίκος Δήμου", "محمد علي", "홍 길동", "山田 太郎", "דנה כהן"]
    directory = Directory()
    assert [directory.resolve(None, name, "deals.csv") for name in names] == names
    assert directory.resolve(None, "АННА  СМИРНОВА", "deals.csv") == "Анна Смирнова"


def test_an_id_goes_before_a_name_and_either_is_enough() -> None:
    directory = people()
    assert directory.key_of("E1", "Bo Li") == "E1"
    assert directory.key_of("E9", "bo li") == "Bo Li"
    assert directory.key_of("ANA@x.com") == "E1"
    assert directory.key_of(None, "Nobody Known") is None


def test_words_for_nobody_name_nobody() -> None:
    assert [people().resolve(None, text, "a") for text in ("unknown", "N/A", " - ", "")] == [None] * 4


def test_someone_unknown_is_added_once_with_the_place_that_named_them_first() -> None:
    directory = people()
    assert directory.resolve("E7", "Cy Dee", "deals.csv › deals") == "E7"
    assert directory.resolve(None, "cy dee", "calls.csv › calls") == "E7"
    assert directory.added == {"E7": "deals.csv › deals"}


def test_names_spelt_alike_are_suggested_and_shared_domains_are_not() -> None:
    directory = people()
    assert directory.alike("Anna Ruiz") == ["Ana Ruiz"]
    directory.know("mia@example.com", "mia@example.com")
    assert directory.alike("oscar@example.com") == []


def test_a_name_of_two_people_is_unsure_unless_an_id_comes_with_it() -> None:
    directory = people()
    directory.know("E2", "Ana Ruiz")
    assert directory.resolve("E2", "Ana Ruiz", "a") == "E2"
    assert directory.unsure == {}
    assert directory.resolve(None, "Ana Ruiz", "b") == "E1"
    assert directory.unsure == {"Ana Ruiz": "b"}


def test_a_name_that_nobody_has_can_be_said_to_mean_somebody_and_a_known_one_cannot() -> None:
    people = Directory()
    people.know("p1", "Ana Ruiz")
    people.know("p2", "Bo Li")
    assert people.mean("Anna Ruiz", "Ana Ruiz") == "p1"
    assert people.resolve(None, "anna ruiz", "deals.csv") == "p1"
    assert people.mean("Bo Li", "Ana Ruiz") is None
    assert people.mean("Somebody", "Nobody known") is None


def test_names_as_an_older_program_kept_them_are_known_as_they_are_read_now() -> None:
    directory = Directory()
    directory.know("Ruiz, Ana", "Ruiz, Ana")
    directory.know("E2", "Bo Li (bo@x.com)")
    directory.know("Acme, Inc", "Acme, Inc")
    assert directory.key_of("Ana Ruiz") == "Ruiz, Ana"
    assert directory.key_of("Bo Li") == "E2"
    assert directory.key_of("Inc Acme") is None


def test_who_is_written_otherwise_is_whom_the_address_in_brackets_means_or_the_plain_name() -> None:
    directory = people()
    directory.know("E2", "Ana Ruiz", ("ana2@x.com",))
    assert [directory.key_of(name) for name in ("RUIZ, ANA", "Ana Ruiz (inactive)", "Ruiz Ana <ana2@x.com>")] == [
        "E1",
        "E1",
        "E2",
    ]
    assert directory.key_of("Ana Ruiz <other@x.com>") is None


def test_words_for_nobody_are_no_person() -> None:
    people = Directory()
    words = ("(No owner)", "No owner", "Unassigned", "Not Specified", "N/A", None)
    assert [people.resolve(None, word, "deals.csv") for word in words] == [None] * len(words)
    assert people.added == {}
