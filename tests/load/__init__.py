"""Many visits at once, without browsers: what they wait for, what they are told, what they leave behind."""
