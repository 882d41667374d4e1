"""How dates are written where Django's own way suits nobody; see FORMAT_MODULE_PATH."""
