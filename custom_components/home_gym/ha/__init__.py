"""Names that Home Assistant does not promise to keep, imported here and nowhere else.

A name counts as promised if it lives in `core`, `const`, `config_entries`, `data_entry_flow`, `exceptions`, `helpers`
or `util`, if a component's `__all__` lists it, or if the developer documentation imports it from the component.
Everything else is imported by the module of this package that is named after its topic, with the reason beside it, so
that a release of Home Assistant that moves a name breaks one line. `tests/unit/repository/test_home_assistant_names.py`
holds the rule.

Modules are separate because importing one imports its component: `conversation` and `recorder` load only where used.
"""
