"""Which person a sheet means: by id, e-mail, exact name, and a suggestion by spelling. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from spm.people.org import folded, nearest

NOBODY_WORDS = {"", "unknown", "unassigned", "none", "n/a", "na", "nobody", "not assigned", "-"}


@dataclass
class Directory:
    """Everybody who is known, in the store or from a sheet of the same upload; grows with `add`.

    A person is known by `key`: the company's own id, else the e-mail, else the name.
    """

    by_text: dict[str, str] = field(default_factory=dict)  # folded id, e-mail, name or spelling → key
    names: dict[str, str] = field(default_factory=dict)  # key → name
    added: dict[str, str] = field(default_factory=dict)  # key → where it was first named

    def know(self, key: str, name: str, others: Iterable[str | None] = ()) -> None:
        """Adds someone whom the store or a people sheet has, under all texts that mean them."""
        self.names[key] = name
        for text in (key, name, *others):
            if text:
                self.by_text.setdefault(folded(text), key)

    def key_of(self, key: str | None, name: str | None) -> str | None:
        """The person's key, by id first; None where nobody is known by either."""
        for text in (key, name):
            if text and folded(text) in self.by_text:
                return self.by_text[folded(text)]
        return None

    def resolve(self, key: str | None, name: str | None, where: str) -> str | None:
        """The person's key; someone unknown is added under it. None where the sheet names nobody."""
        named = [text for text in (key, name) if text and folded(text) not in NOBODY_WORDS]
        if not named:
            return None
        known = self.key_of(key, name)
        if known is None:
            known = named[0]
            self.added[known] = where
            self.know(known, named[-1], named)
        return known

    def alike(self, name: str) -> list[str]:
        """Names of others that are spelt much like this one."""
        return [near for near in nearest(name, list(self.names.values())) if folded(near) != folded(name)]
