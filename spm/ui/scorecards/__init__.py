"""The Scorecards page: everyone's bands, the editor and its versions, closed periods, opinions."""
