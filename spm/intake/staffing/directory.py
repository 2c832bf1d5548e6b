"""Which person a sheet means: by id, e-mail, exact name, and a suggestion by spelling. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from spm.intake.values.words import plain_name, written_otherwise
from spm.people.org import folded, nearest
from spm.people.roles import role_of

ALIKE_PERCENT = 85  # from here on two names may be one person
NOBODY_WORDS = {"", "unknown", "unassigned", "none", "n/a", "na", "nobody", "not assigned", "-", "(none)", "(unassigned)",
                "(no owner)", "no owner", "not specified", "no rep", "unowned", "nicht zugewiesen", "non assigné", "sin asignar",
                "não atribuído"}  # fmt: skip


@dataclass
class Directory:
    """Everybody who is known, in the store or from a sheet of the same upload; grows with `know` and `resolve`.

    A person is known by `key`: the company's own id, else the name, else the e-mail.
    """

    by_text: dict[str, str] = field(default_factory=dict)  # folded id, e-mail, name or spelling → key
    names: dict[str, str] = field(default_factory=dict)  # key → name
    added: dict[str, str] = field(default_factory=dict)  # key → where it was first named
    shared: set[str] = field(default_factory=set)  # folded names that more than one person has
    unsure: dict[str, str] = field(default_factory=dict)  # a shared name that a sheet gave no id with → where
    own_roles: dict[str, str] = field(default_factory=dict)  # folded name → role of the company's own

    def know(self, key: str, name: str, others: Iterable[str | None] = ()) -> None:
        """Adds someone whom the store or a people sheet has, under all texts that mean them."""
        self.names[key] = name
        if self.by_text.get(folded(name), key) != key:
            self.shared.add(folded(name))
        for text in (key, name, *others, plain_name(name)):  # an older program kept names as they were written
            if text:
                self.by_text.setdefault(folded(text), key)

    def mean(self, name: str, other: str) -> str | None:
        """Takes a name that nobody has for another spelling of somebody's; their key, None where there is no such somebody."""
        key = self.key_of(other)
        if key is not None and self.key_of(name) in (None, key):
            self.by_text[folded(name)] = key
            return key
        return None

    def role_of(self, title: str) -> str | None:
        """The role that a title means: one of the company's own by its name, else one of `people.roles`."""
        return self.own_roles.get(folded(title)) or role_of(title)

    def key_of(self, *texts: str | None) -> str | None:
        """The person's key by the first text (id, e-mail, name) that means someone, as it stands or written otherwise; None
        where none does."""
        said = [text for text in texts if text]
        ways = (folded(text) for way in (said, map(written_otherwise, said)) for text in way)
        return next((self.by_text[text] for text in ways if text in self.by_text), None)

    def resolve(self, key: str | None, name: str | None, where: str) -> str | None:
        """The person's key; someone unknown is added under it. None where the sheet names nobody."""
        named = [text for text in (key, name) if text and folded(text) not in NOBODY_WORDS]
        if not named:
            return None
        known = self.key_of(*named)
        if known is None:
            known = named[0]
            self.added[known] = where
            self.know(known, named[-1], named)
        elif folded(named[-1]) in self.shared and self.key_of(*named[:-1]) is None:
            self.unsure.setdefault(named[-1], where)
        return known

    def alike(self, name: str) -> list[str]:
        """Names of others that are spelt much like this one; of e-mails only what stands before the @; never of numbers."""
        if not any(letter.isalpha() for letter in name):
            return []
        others = {other.partition("@")[0]: other for other in self.names.values() if folded(other) != folded(name)}
        return [others[near] for near in nearest(name.partition("@")[0], list(others), alike_percent=ALIKE_PERCENT)]
