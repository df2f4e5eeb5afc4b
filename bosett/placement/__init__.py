"""Households x municipalities: problem, objective, exact answer, certificate, explanation."""
