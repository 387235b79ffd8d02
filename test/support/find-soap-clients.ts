import { findProgram, runs } from './find-program.ts';

const LOOK_IN = ['/usr/bin', '/usr/local/bin'];

/** Path of a Python with zeep: SOAP_PYTHON_BIN, on the PATH, or Debian's, by apt-get without password. */
export function findPythonWithZeep(): string {
  return findProgram({
    variable: 'SOAP_PYTHON_BIN',
    names: ['python3'],
    alsoLookIn: LOOK_IN,
    aptPackages: ['python3-zeep'],
    isUsable: (path) => runs([path, '-c', 'import zeep']),
    howToGetOne:
      'The tests of the SOAP mirror need Python with zeep and found none. Install it (Debian and Ubuntu: apt-get ' +
      'install python3-zeep; elsewhere: pip install zeep), or set SOAP_PYTHON_BIN to the path of a Python that has it.',
  });
}

/** Path of a PHP with its extensions soap and simplexml: SOAP_PHP_BIN, on the PATH, or by apt-get without password. */
export function findPhpWithSoap(): string {
  return findProgram({
    variable: 'SOAP_PHP_BIN',
    names: ['php'],
    alsoLookIn: LOOK_IN,
    aptPackages: ['php-cli', 'php-soap', 'php-xml'],
    isUsable: (path) =>
      runs([
        path,
        '-r',
        'exit(class_exists("SoapClient") && function_exists("simplexml_load_string") ? 0 : 1);',
      ]),
    howToGetOne:
      'The tests of the SOAP mirror need PHP with its extensions soap and simplexml and found none. Install it (Debian and Ubuntu: ' +
      'apt-get install php-cli php-soap php-xml), or set SOAP_PHP_BIN to the path of a PHP that has it.',
  });
}
