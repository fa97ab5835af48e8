using Microsoft.EntityFrameworkCore;
using NewsHub.Core.Audience;
using NewsHub.Core.Editions;
using NewsHub.Core.Engagement;
using NewsHub.Core.Events;
using NewsHub.Core.Media;
using NewsHub.Core.Newsletters;
using NewsHub.Core.Notifications;
using NewsHub.Core.Planning;
using NewsHub.Core.Rates;
using NewsHub.Core.Search;
using NewsHub.Core.Settings;
using NewsHub.Core.Staff;
using NewsHub.Core.Stories;
using NewsHub.Core.Text;
using NewsHub.Core.Webhooks;

namespace NewsHub.Core.Store;

/// <summary>The store: repository and unit of work. Reader pages never see it; they ask <c>PublishedNews</c>.</summary>
public class NewsDb : DbContext
{
    public NewsDb(DbContextOptions<NewsDb> options) : base(options) { }

    /// <summary>For another database than SQLite.</summary>
    protected NewsDb(DbContextOptions options) : base(options) { }

    public DbSet<Story> Stories => Set<Story>();
    public DbSet<Revision> Revisions => Set<Revision>();
    public DbSet<Listing> Listings => Set<Listing>();
    public DbSet<Correction> Corrections => Set<Correction>();
    public DbSet<StoryNote> StoryNotes => Set<StoryNote>();
    public DbSet<FormerAddress> FormerAddresses => Set<FormerAddress>();
    public DbSet<NewsEvent> Events => Set<NewsEvent>();
    public DbSet<PurgePosition> PurgePositions => Set<PurgePosition>();
    public DbSet<LiveEntry> LiveEntries => Set<LiveEntry>();
    public DbSet<Author> Authors => Set<Author>();
    public DbSet<Tag> Tags => Set<Tag>();
    public DbSet<Edition> Editions => Set<Edition>();
    public DbSet<FrontSlot> FrontSlots => Set<FrontSlot>();
    public DbSet<Assignment> Assignments => Set<Assignment>();
    public DbSet<Section> Sections => Set<Section>();
    public DbSet<Site> Sites => Set<Site>();
    public DbSet<StaticPage> StaticPages => Set<StaticPage>();
    public DbSet<Picture> Pictures => Set<Picture>();
    public DbSet<Rate> Rates => Set<Rate>();
    public DbSet<HeldRate> HeldRates => Set<HeldRate>();
    public DbSet<PinnedRate> PinnedRates => Set<PinnedRate>();
    public DbSet<SourceReport> SourceReports => Set<SourceReport>();
    public DbSet<DayCount> DayCounts => Set<DayCount>();
    public DbSet<ReferrerCount> ReferrerCounts => Set<ReferrerCount>();
    public DbSet<SearchMiss> SearchMisses => Set<SearchMiss>();
    public DbSet<IndexedStory> IndexedStories => Set<IndexedStory>();
    public DbSet<IndexedWord> IndexedWords => Set<IndexedWord>();
    public DbSet<IndexState> IndexStates => Set<IndexState>();
    public DbSet<Webhook> Webhooks => Set<Webhook>();
    public DbSet<Delivery> Deliveries => Set<Delivery>();
    public DbSet<DeliveryPosition> DeliveryPlaces => Set<DeliveryPosition>();
    public DbSet<Reaction> Reactions => Set<Reaction>();
    public DbSet<Share> Shares => Set<Share>();
    public DbSet<Subscriber> Subscribers => Set<Subscriber>();
    public DbSet<SignUp> SignUps => Set<SignUp>();
    public DbSet<Suppressed> Suppressed => Set<Suppressed>();
    public DbSet<CountedBounce> CountedBounces => Set<CountedBounce>();
    public DbSet<SubscriberWeek> SubscriberWeeks => Set<SubscriberWeek>();
    public DbSet<Bulletin> Bulletins => Set<Bulletin>();
    public DbSet<BulletinPlan> BulletinPlans => Set<BulletinPlan>();
    public DbSet<Mailing> Mailings => Set<Mailing>();
    public DbSet<BulletinPosition> BulletinPlaces => Set<BulletinPosition>();
    public DbSet<StaffMember> Staff => Set<StaffMember>();
    public DbSet<StaffSession> StaffSessions => Set<StaffSession>();
    public DbSet<Notification> Notifications => Set<Notification>();
    public DbSet<NotificationChoice> NotificationChoices => Set<NotificationChoice>();
    public DbSet<NotificationPosition> NotificationPositions => Set<NotificationPosition>();
    public DbSet<PreviewLink> PreviewLinks => Set<PreviewLink>();
    public DbSet<Secret> Secrets => Set<Secret>();

    /// <summary>What its database says in words of its own.</summary>
    public virtual StoreDialect Dialect => SqliteDialect.Instance;

    /// <summary>The index by which its stories are found.</summary>
    public virtual ISearchIndex Index => new SqliteSearch(this);

    /// <summary>The slug itself where its address is free and none of the paper's own, else the first of slug-2,
    /// slug-3, … that is.</summary>
    /// <param name="own">The story that asks: its own address is free to it.</param>
    public async Task<Slug> FreeSlugAsync(
        Section section, DateTimeOffset day, Slug wanted, StoryId own = default, CancellationToken cancel = default)
    {
        var slug = wanted;
        for (var n = 2; ; n++)
        {
            var address = Story.AddressIn(section, day, slug);
            if (!slug.IsReserved && !await Stories.AnyAsync(s => s.Address == address && s.Id != own, cancel)) return slug;
            slug = wanted.Numbered(n);
        }
    }

    /// <summary>What stands at <c>/slug</c> already, “a section” or “a page”; null where the address is free.</summary>
    public async Task<string?> TakenByAsync(Slug slug, CancellationToken cancel = default)
    {
        if (await Sections.AnyAsync(s => s.Slug == slug, cancel)) return "a section";
        return await StaticPages.AnyAsync(p => p.Slug == slug, cancel) ? "a page" : null;
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) => Conventions.Apply(configurationBuilder);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(NewsDb).Assembly);
        Dialect.Apply(modelBuilder);
    }
}
