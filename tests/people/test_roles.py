"""Which role a job title means."""

import pytest

from spm.people.roles import DEFAULT_ROLE, ROLES, Role, role_of


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("SDR", "sales_development_representative"),
        ("Senior BDR, EMEA", "sales_development_representative"),
        ("Business Development Representative", "sales_development_representative"),
        ("Lead Generation Specialist", "sales_development_representative"),
        ("Sales Representative", "sales_representative"),
        ("Sales Rep", "sales_representative"),
        ("sales agent", "sales_representative"),
        ("Inside Sales Representative", "sales_representative"),
        ("Regional Sales Executive", "sales_representative"),
        ("Salesperson", "sales_representative"),
        ("Territory Manager", "sales_representative"),
        ("Business Development Manager", "sales_representative"),
        ("AE", "account_executive"),
        ("Account Executive II", "account_executive"),
        ("Account Manager", "account_executive"),
        ("Key Account Manager", "account_executive"),
        ("Customer Success Manager", "account_executive"),
        ("North American Sales Manager", "sales_manager"),
        ("Pacific Sales Manager", "sales_manager"),
        ("manager", "sales_manager"),
        ("SDR Team Lead", "sales_manager"),
        ("SDR Manager", "sales_manager"),
        ("Head of Sales", "sales_manager"),
        ("Vice President, Sales", "sales_manager"),
        ("Director of Account Management", "sales_manager"),
        ("Principal Account Executive", "account_executive"),
        ("CRO", "sales_manager"),
    ],
)
def test_titles_as_companies_write_them(title: str, role: str) -> None:
    assert role_of(title) == role


@pytest.mark.parametrize(
    "title", ["", "  ", "Accountant", "Marketing Manager", "Sales Assistant", "Sales Engineer", "Aesthete"]
)
def test_other_titles_are_not_guessed(title: str) -> None:
    assert role_of(title) is None


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES.keys())
def test_a_roles_own_key_and_label_mean_it(role: Role) -> None:
    assert role_of(role.key) == role.key == role_of(role.label)


def test_people_without_a_role_are_sales_representatives() -> None:
    assert ROLES[DEFAULT_ROLE].label == "Sales representative"
