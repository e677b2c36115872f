"""The five families of forged photos; each draws its parameters and makes its forgery."""
