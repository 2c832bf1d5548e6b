"""From a number to a conversation: someone's course, funnel and open deals."""
