"""A company with two whole years of deals, for pages that hold a period against an earlier one."""

from pathlib import Path

from tests.companies import empty_store, imported

PEOPLE = """
    Employee ID,Name,Title,Team,Hire Date
    E1,Ana Ruiz,Sales Representative,North,2014-01-01
    E2,Bo Li,Sales Representative,South,2014-02-01
    E3,Cy Oh,Sales Representative,South,2015-01-01
"""
DEALS = """
    Opportunity ID,Sales Agent,Stage,Segment,Amount,Created,Close Date
    D1,Ana Ruiz,Won,Large,1000,2016-01-01,2016-01-01
    D2,Ana Ruiz,Lost,Small,300,2016-01-04,2016-03-30
    D3,Bo Li,Won,Small,400,2016-01-05,2016-06-11
    D4,Cy Oh,Won,Large,900,2016-02-01,2016-09-01
    D13,Bo Li,Lost,Small,800,2016-06-02,2016-11-20
    D5,Ana Ruiz,Won,Small,500,2016-03-01,2017-01-11
    D6,Ana Ruiz,Won,Large,2000,2016-04-01,2017-04-11
    D7,Bo Li,Lost,Large,800,2016-05-01,2017-07-01
    D11,Bo Li,Lost,Large,800,2016-06-01,2017-09-20
    D12,Bo Li,Lost,Small,800,2016-06-02,2017-12-10
    D8,Cy Oh,Won,Small,100,2017-01-02,2017-12-31
    D9,Cy Oh,Proposal,Small,700,2017-10-02,
    D10,Bo Li,Demo,Large,,2017-12-20,
"""


def two_years(folder: Path) -> str:
    """The address of a database with it."""
    store = empty_store(folder, "two_years.db")
    imported(store, {"people.csv": PEOPLE, "deals.csv": DEALS})
    store.close()
    return f"sqlite:///{folder / 'two_years.db'}"
