# Perl: JSON::PP, JSON::XS and Cpanel::JSON::XS. Only canonical writers: without
# that option the order of the keys is another one in every process.
use strict;
use warnings;
use JSON::PP ();
use JSON::XS ();
use Cpanel::JSON::XS ();

my @writers;
for my $module (['pp', 'JSON::PP'], ['xs', 'JSON::XS'], ['cpanel', 'Cpanel::JSON::XS']) {
    my ($short, $class) = @$module;
    my $decoded = sub { $class->new->utf8->allow_nonref->decode($_[0]) };
    for my $option (
        ['', [qw(utf8 canonical)]],
        ['.ascii', [qw(ascii canonical)]],
        ['.latin1', [qw(latin1 canonical)]],
        ['.pretty', [qw(utf8 canonical pretty)]],
        ['.pretty.ascii', [qw(ascii canonical pretty)]],
        ['.spaces', [qw(utf8 canonical space_after)]],
        $short eq 'xs' ? () : (['.slashes', [qw(utf8 canonical escape_slash)]]),
    ) {
        my ($suffix, $methods) = @$option;
        push @writers, [
            "perl.$short$suffix",
            "Perl: $class->new->" . join('->', @$methods) . '->encode($value)',
            sub {
                my $json = $class->new->allow_nonref;
                $json = $json->$_ for @$methods;
                return $json->encode($decoded->($_[0]));
            },
        ];
    }
    # Only bodies whose objects have one key come out the same each time.
    push @writers, ["perl.$short.random", "Perl: $class->new->utf8->encode(\$value), in random order", sub {
        return $class->new->utf8->allow_nonref->encode($decoded->($_[0]));
    }];
}

binmode STDOUT;
printf "version\tperl\t%vd\n", $^V;
print "version\tperl $_->[0]\t$_->[1]\n"
    for ['JSON::PP', JSON::PP->VERSION], ['JSON::XS', JSON::XS->VERSION], ['Cpanel::JSON::XS', Cpanel::JSON::XS->VERSION];
print "profile\t$_->[0]\t$_->[1]\n" for @writers;
my $number = 0;
while (my $line = <STDIN>) {
    chomp $line;
    my $body = pack 'H*', $line;
    for my $writer (@writers) {
        my ($name, undef, $write) = @$writer;
        my $text = eval { $write->($body) };
        print defined $text
            ? "wrote\t$number\t$name\t" . unpack('H*', $text) . "\n"
            : "failed\t$number\t$name\terror\n";
    }
    $number++;
}
