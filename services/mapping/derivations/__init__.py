"""Derivations: named rules that compute a canonical column from columns of the file, one room for each family."""
