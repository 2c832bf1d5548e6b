"""The quota plan: goal, levers, allocation, odds, fairness, publishing."""
