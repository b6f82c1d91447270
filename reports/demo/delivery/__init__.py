"""A realistic and wholly fictional delivery, the same for the same seed.

Pure: no Django, no database, no clock. A made-up institution is lived through from 2012 on and
then cut off at the reference date, so a later delivery of the same seed tells the same story
and knows more of it. The shape follows what is public about the northern institution; every
row, key and date is drawn.
"""

from reports.demo.delivery.build import FILES, DemoDelivery, demo_delivery
from reports.demo.delivery.writing import write_folder, write_zip

__all__ = ["FILES", "DemoDelivery", "demo_delivery", "write_folder", "write_zip"]
