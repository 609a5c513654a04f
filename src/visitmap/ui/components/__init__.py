"""What pages are made of: functions `show(…, key) → value`, with its widgets' keys below `key`.

Those that need the browser's help keep their JavaScript beside them in a file of the same name.
"""
