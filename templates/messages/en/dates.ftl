# Dates and times

date-full = { $weekday }, { $month } { $day }, { $year }
date-short = { $month } { $day }, { $year }
date-typed = { $month }/{ $day }/{ $year }
date-moment = { $date } at { $time }

time-morning = { $hour }:{ $minute } a.m.
time-afternoon = { $hour }:{ $minute } p.m.
time-window = { $from } to { $to }

weekday-monday = Monday
weekday-tuesday = Tuesday
weekday-wednesday = Wednesday
weekday-thursday = Thursday
weekday-friday = Friday
weekday-saturday = Saturday
weekday-sunday = Sunday

month-january = January
month-february = February
month-march = March
month-april = April
month-may = May
month-june = June
month-july = July
month-august = August
month-september = September
month-october = October
month-november = November
month-december = December
