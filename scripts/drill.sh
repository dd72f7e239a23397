# What the recovery drills on AWS have in common; read by them, not run.

fail() { printf '%s: %s\n' "${0##*/}" "$*" >&2; exit 1; }
say() { printf '%s %s\n' "$(date -u +%H:%M:%S)" "$*" >&2; }
now() { date -u +%s; }
seconds_of() { date -u -d "$1" +%s 2>/dev/null || date -u -j -f '%Y-%m-%dT%H:%M:%S' "${1%%[.+Z]*}" +%s; }

# Reads NAME and the options; SCRIPT_OPTIONS handles those that only one script has.
read_options() {
    NAME= REGION=${AWS_REGION:-} WHICH=zero DRY_RUN= YES=
    while [ $# -gt 0 ]; do
        case $1 in
            --dry-run) DRY_RUN=1 ;;
            --yes) YES=1 ;;
            --cluster) [ $# -ge 2 ] || fail "--cluster needs a name: zero, cluster-2 …"; WHICH=$2; shift ;;
            --region) [ $# -ge 2 ] || fail "--region needs a Region"; REGION=$2; shift ;;
            -h | --help) usage; exit 0 ;;
            -*) own_option "$@" || fail "there is no option $1, or it lacks its value; see --help"; shift $((OWN_WORDS - 1)) ;;
            *) [ -z "$NAME" ] || fail "one deployment at a time: $NAME or $1"; NAME=$1 ;;
        esac
        shift
    done
    [ -n "$NAME" ] || { usage >&2; exit 2; }
    case $NAME in
        *[!A-Za-z0-9-]* | -*) fail "'$NAME' is no name of a deployment: letters, digits and dashes" ;;
    esac
    case $WHICH in
        '' | *[!a-z0-9-]*) fail "'$WHICH' is no name of a cluster: zero, cluster-2 …" ;;
    esac
    # The default name, and what calls itself production, are somebody's real system until said otherwise.
    case $(printf %s "$NAME" | tr '[:upper:]' '[:lower:]') in
        parley | *prod* | *live*) [ -n "$YES$DRY_RUN" ] || fail "$NAME looks like production; add --yes if it is meant, or --dry-run to see the calls" ;;
    esac
    [ -n "$REGION" ] || fail "say which Region: --region, or AWS_REGION"
    [ -n "$DRY_RUN" ] || command -v aws >/dev/null 2>&1 || fail "the AWS CLI is not installed; see https://aws.amazon.com/cli"
}

# Calls AWS, or prints the call.
call() {
    if [ -n "$DRY_RUN" ]; then
        printf 'aws' >&2
        for word in --region "$REGION" "$@"; do
            case $word in
                *[!A-Za-z0-9_./:=,@%+-]* | '') printf " '%s'" "$(printf %s "$word" | sed "s/'/'\\\\''/g")" >&2 ;;
                *) printf ' %s' "$word" >&2 ;;
            esac
        done
        printf '\n' >&2
    else
        aws --region "$REGION" "$@"
    fi
}

# The same for a call whose answer is needed: $1 stands for it in a dry run.
ask() {
    placeholder=$1
    shift
    if [ -n "$DRY_RUN" ]; then
        call "$@"
        printf '%s\n' "$placeholder"
    else
        aws --region "$REGION" "$@" --output text
    fi
}

# Waits until the words of a call are $2, for $1 seconds at the most; $3 says what is waited for.
await() {
    longest=$1 wanted=$2 what=$3
    shift 3
    if [ -n "$DRY_RUN" ]; then
        printf '# until it is %s, for %s s at the most:\n' "$wanted" "$longest" >&2
        call "$@"
        return 0
    fi
    deadline=$(($(now) + longest))
    until state=$(aws --region "$REGION" "$@" --output text 2>&1) && [ "$state" = "$wanted" ]; do
        [ "$(now)" -lt "$deadline" ] || fail "$what: not within $longest s; the last answer was: $state"
        sleep "${DRILL_POLL_SECONDS:-10}"
    done
}

# The cluster that --cluster says: that of the directory, zero, unless it is said.
find_cluster() {
    CLUSTER=$(ask CLUSTER rds describe-db-clusters --query \
        "DBClusters[?TagList[?Key=='parley:deployment' && Value=='$NAME'] && TagList[?Key=='parley:cluster' && Value=='$WHICH']]|[0].DBClusterIdentifier")
    [ -n "$CLUSTER" ] && [ "$CLUSTER" != None ] || fail "no cluster in $REGION has the tags parley:deployment=$NAME and parley:cluster=$WHICH"
}
