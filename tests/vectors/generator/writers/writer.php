<?php
// PHP: json_encode of arrays and of objects, and the text of a value.

ini_set('serialize_precision', '-1');
error_reporting(0);

function asArray(string $body) { return json_decode($body, true, 512, JSON_THROW_ON_ERROR); }
function asObject(string $body) { return json_decode($body, false, 512, JSON_THROW_ON_ERROR); }
function encode($value, int $flags = 0): string { return json_encode($value, $flags | JSON_THROW_ON_ERROR); }

$writers = [];
$options = [
    '' => ['', 0],
    '.slashes' => [', JSON_UNESCAPED_SLASHES', JSON_UNESCAPED_SLASHES],
    '.unicode' => [', JSON_UNESCAPED_UNICODE', JSON_UNESCAPED_UNICODE],
    '.slashes.unicode' => [', JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE', JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE],
    '.slashes.unicode.lines' => [
        ', JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS',
        JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS,
    ],
    '.pretty' => [', JSON_PRETTY_PRINT', JSON_PRETTY_PRINT],
    '.pretty.slashes' => [', JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES', JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES],
    '.pretty.unicode' => [', JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE', JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE],
    '.pretty.slashes.unicode' => [
        ', JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE',
        JSON_PRETTY_PRINT | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE,
    ],
    '.zeros' => [', JSON_PRESERVE_ZERO_FRACTION', JSON_PRESERVE_ZERO_FRACTION],
    '.zeros.slashes.unicode' => [
        ', JSON_PRESERVE_ZERO_FRACTION | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE',
        JSON_PRESERVE_ZERO_FRACTION | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE,
    ],
    '.html' => [
        ', JSON_HEX_TAG | JSON_HEX_APOS | JSON_HEX_AMP | JSON_HEX_QUOT), as Laravel and Symfony answer (JsonResponse',
        JSON_HEX_TAG | JSON_HEX_APOS | JSON_HEX_AMP | JSON_HEX_QUOT,
    ],
    '.numeric' => [', JSON_NUMERIC_CHECK', JSON_NUMERIC_CHECK],
];
foreach (['array' => 'asArray', 'object' => 'asObject'] as $kind => $decode) {
    $decoded = $kind === 'array' ? 'json_decode($body, true)' : 'json_decode($body)';
    foreach ($options as $suffix => [$words, $flags]) {
        $writers["php.$kind$suffix"] = ["PHP: json_encode($decoded$words)", fn ($body) => encode($decode($body), $flags)];
    }
}
$writers['php.object.forced'] = [
    'PHP: json_encode(json_decode($body, true), JSON_FORCE_OBJECT)',
    fn ($body) => encode(asArray($body), JSON_FORCE_OBJECT),
];
$writers['php.object.bigint'] = [
    'PHP: json_encode(json_decode($body, false, 512, JSON_BIGINT_AS_STRING))',
    fn ($body) => encode(json_decode($body, false, 512, JSON_BIGINT_AS_STRING | JSON_THROW_ON_ERROR)),
];
$writers['php.array.sorted'] = [
    'PHP: json_encode of an array that was sorted with ksort, at every level',
    function ($body) {
        $sort = function (&$value) use (&$sort) {
            if (!is_array($value)) return;
            if (!array_is_list($value)) ksort($value);
            foreach ($value as &$item) $sort($item);
        };
        $value = asArray($body);
        $sort($value);
        return encode($value);
    },
];
$writers['php.array.precision17'] = [
    'PHP: json_encode(json_decode($body, true)) with serialize_precision=17, the default of old PHP',
    function ($body) {
        ini_set('serialize_precision', '17');
        try {
            return encode(asArray($body));
        } finally {
            ini_set('serialize_precision', '-1');
        }
    },
];
$writers['php.twice'] = ['PHP: json_encode($body), where $body is the text of the body', fn ($body) => encode($body)];
$writers['php.text.print_r.array'] = ['PHP: print_r(json_decode($body, true), true)', fn ($body) => print_r(asArray($body), true)];
$writers['php.text.print_r.object'] = ['PHP: print_r(json_decode($body), true)', fn ($body) => print_r(asObject($body), true)];
$writers['php.text.var_export.array'] = ['PHP: var_export(json_decode($body, true), true)', fn ($body) => var_export(asArray($body), true)];
$writers['php.text.var_export.object'] = ['PHP: var_export(json_decode($body), true)', fn ($body) => var_export(asObject($body), true)];
$writers['php.text.serialize.array'] = ['PHP: serialize(json_decode($body, true))', fn ($body) => serialize(asArray($body))];
$writers['php.text.serialize.object'] = ['PHP: serialize(json_decode($body))', fn ($body) => serialize(asObject($body))];
$writers['php.text.array'] = ['PHP: (string) json_decode($body, true), the text of an array', fn ($body) => @(string) asArray($body)];
$writers['php.text.query'] = ['PHP: http_build_query(json_decode($body, true))', fn ($body) => http_build_query(asArray($body))];
$writers['php.text.bytes'] = ['PHP: implode(",", unpack("C*", $body)), a list of bytes', fn ($body) => implode(',', unpack('C*', $body))];

echo "version\tphp\t", PHP_VERSION, "\n";
foreach ($writers as $name => [$sentence]) echo "profile\t$name\t$sentence\n";
foreach (file('php://stdin', FILE_IGNORE_NEW_LINES) as $number => $line) {
    $body = hex2bin(trim($line));
    foreach ($writers as $name => [, $write]) {
        try {
            $hex = bin2hex($write($body));
            echo "wrote\t$number\t$name\t$hex\n";
        } catch (Throwable $error) {
            echo "failed\t$number\t$name\t", get_class($error), "\n";
        }
    }
}
