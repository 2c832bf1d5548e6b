"""One against another: reps, teams, roles or the organisation, by any metric, in any period."""
