<?php
// php-soap: php call-with-php.php <address of the WSDL> <1.1 | 1.2> <day>. Prints what it read, a line each.
[, $wsdl, $version, $day] = $argv;
$time = "{$day}T00:00:00";
$client = new SoapClient($wsdl, [
    'soap_version' => $version === '1.2' ? SOAP_1_2 : SOAP_1_1,
    'cache_wsdl' => WSDL_CACHE_NONE,
    'exceptions' => true,
]);

function printLine(...$words): void
{
    echo implode(' ', array_map(fn ($word) => trim((string) $word), $words)), "\n";
}

/** Rows of an operation, as XML or as a DataSet. */
function rows(SoapClient $client, string $operation, array $parameters, string $row): array
{
    $result = $client->__soapCall($operation, [$parameters])->{$operation . 'Result'};
    $xml = simplexml_load_string("<result>{$result->any}</result>");
    return $xml->xpath("//$row");
}

foreach (['', 'XML'] as $form) {
    $asked = ['On_date' => $time];
    foreach (rows($client, "GetCursOnDate$form", $asked, 'ValuteCursOnDate') as $each) {
        printLine('sheet', $each->VchCode, $each->Vnom, $each->Vcurs, $each->Vname);
    }
    $asked = ['FromDate' => $time, 'ToDate' => $time, 'ValutaCode' => 'R01235    '];
    foreach (rows($client, "GetCursDynamic$form", $asked, 'ValuteCursDynamic') as $each) {
        printLine('series', substr($each->CursDate, 0, 10), $each->Vnom, $each->Vcurs);
    }
    foreach (rows($client, "EnumValutes$form", ['Seld' => false], 'EnumValutes') as $each) {
        printLine('currency', $each->Vcode, $each->VnumCode ?? '-', $each->VEngname);
    }
}
printLine('latest', $client->GetLatestDate()->GetLatestDateResult);
printLine('latest', substr($client->GetLatestDateTime()->GetLatestDateTimeResult, 0, 4));
foreach (['nonsense', '2020-01-15T00:00:00'] as $bad) {
    try {
        $client->GetCursOnDateXML(['On_date' => $bad]);
        printLine('no error for', $bad);
    } catch (SoapFault $thrown) {
        printLine('error:', $bad, str_contains($thrown->getMessage(), 'read request') ? 'cannot be read' : 'failed');
    }
}
