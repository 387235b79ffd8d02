# zeep: python3 call-with-zeep.py <address of the WSDL> <1.1 | 1.2> <day>. Prints what it read, a line each.
import sys

from zeep import Client, Settings
from zeep.exceptions import Error
from zeep.helpers import serialize_object

_, wsdl, version, day = sys.argv
time = day + 'T00:00:00'
client = Client(wsdl, settings=Settings(strict=True))
service = client.bind('DailyInfo', 'DailyInfoSoap12' if version == '1.2' else 'DailyInfoSoap')


def print_line(*words):
    print(' '.join(str(word).strip() for word in words))


def rows(operation, parameters, row):
    """Rows of an operation: elements in XML; in a DataSet, values that zeep reads by its schema."""
    result = service[operation](**parameters)
    if operation.endswith('XML'):
        return [{cell.tag: cell.text for cell in each} for each in result.iter(row)]
    return [serialize_object(each[row]) for each in result['_value_1']['_value_1']]


for form in ['', 'XML']:
    for each in rows('GetCursOnDate' + form, {'On_date': time}, 'ValuteCursOnDate'):
        print_line('sheet', each['VchCode'], each['Vnom'], each['Vcurs'], each['Vname'])
    asked = {'FromDate': time, 'ToDate': time, 'ValutaCode': 'R01235    '}
    for each in rows('GetCursDynamic' + form, asked, 'ValuteCursDynamic'):
        print_line('series', str(each['CursDate'])[:10], each['Vnom'], each['Vcurs'])
    for each in rows('EnumValutes' + form, {'Seld': False}, 'EnumValutes'):
        print_line('currency', each['Vcode'], each.get('VnumCode') or '-', each['VEngname'])
print_line('latest', service.GetLatestDate())
print_line('latest', service.GetLatestDateTime().year)
for bad in ['nonsense', '2020-01-15T00:00:00']:
    try:
        service.GetCursOnDateXML(On_date=bad)
        print_line('no error for', bad)
    except Error as thrown:
        print_line('error:', bad, 'cannot be read' if 'read request' in str(thrown) else 'failed')
