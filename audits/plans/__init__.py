"""From findings to actions: plans, recommendations, studies, evidence, and what is overdue."""
