"""Tests. This file makes `tests` a package of ours, before one of the same name that a dependency installs."""
